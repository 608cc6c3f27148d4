CREATE TABLE `asks` (
	`id` text PRIMARY KEY NOT NULL,
	`agent_id` text NOT NULL,
	`call_id` text,
	`card_id` text,
	`model` text NOT NULL,
	`first_token_ms` integer,
	`total_ms` integer,
	`outcome` text NOT NULL,
	`asked_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `asks_by_call` ON `asks` (`call_id`);--> statement-breakpoint
CREATE TABLE `calls` (
	`id` text PRIMARY KEY NOT NULL,
	`agent_id` text NOT NULL,
	`team_id` text NOT NULL,
	`site_id` text NOT NULL,
	`started_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`clock_offset_ms` integer NOT NULL,
	`start_digest` text NOT NULL,
	`end_digest` text,
	`direction` text NOT NULL,
	`source` text NOT NULL,
	`contact_name` text,
	`contact_phone` text,
	`campaign` text,
	`external_id` text,
	`search_text` text NOT NULL,
	`answered_at` integer,
	`ended_at` integer,
	`ended_hour` integer,
	`talk_seconds` integer,
	`hold_seconds` integer,
	`outcome` text,
	`disposition` text,
	`sale_amount` real,
	`notes` text,
	`callback_at` integer,
	`wrap_up_ended_at` integer,
	`ai_asks` integer NOT NULL,
	FOREIGN KEY (`agent_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `calls_by_agent` ON `calls` (`agent_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `calls_by_hour` ON `calls` (`ended_hour`,`agent_id`);--> statement-breakpoint
CREATE INDEX `calls_by_start` ON `calls` (`started_at`);--> statement-breakpoint
CREATE TABLE `passes` (
	`hash` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `recording_parts` (
	`call_id` text NOT NULL,
	`n` integer NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	PRIMARY KEY(`call_id`, `n`)
);
--> statement-breakpoint
CREATE TABLE `recordings` (
	`call_id` text PRIMARY KEY NOT NULL,
	`agent_id` text NOT NULL,
	`file` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`sample_rate` integer NOT NULL,
	`channels` integer NOT NULL,
	`bits_per_sample` integer NOT NULL,
	`duration_seconds` real NOT NULL,
	`gaps` text NOT NULL,
	`peaks` text NOT NULL,
	`glance` text NOT NULL,
	`started_at` integer NOT NULL,
	`stored_at` integer NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recordings_file_unique` ON `recordings` (`file`);--> statement-breakpoint
CREATE INDEX `recordings_by_start` ON `recordings` (`started_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`user_id` text NOT NULL,
	`device` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sites` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`time_zone` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sites_name_unique` ON `sites` (`name`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`site_id` text NOT NULL,
	FOREIGN KEY (`site_id`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `teams_name_unique` ON `teams` (`name`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`password_hash` text NOT NULL,
	`role` text NOT NULL,
	`team_id` text NOT NULL,
	`language` text NOT NULL,
	`active` integer NOT NULL,
	`created_at` integer NOT NULL,
	`state` text NOT NULL,
	`state_reason` text,
	`state_since` integer NOT NULL,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);