CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`key_hash` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_key_hash_unique` ON `api_keys` (`key_hash`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`since` integer NOT NULL,
	`locked_until` integer
);
--> statement-breakpoint
CREATE INDEX `attempts_by_time` ON `attempts` (`since`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`n` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text,
	`actor_kind` text NOT NULL,
	`action` text NOT NULL,
	`subject_kind` text,
	`subject_id` text,
	`digest` text,
	`address` text,
	`previous` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit_entries` (`subject_id`,`n`);--> statement-breakpoint
CREATE INDEX `audit_by_actor` ON `audit_entries` (`actor_id`,`n`);--> statement-breakpoint
CREATE TABLE `clips` (
	`id` text PRIMARY KEY NOT NULL,
	`call_id` text NOT NULL,
	`title` text NOT NULL,
	`from_ms` integer NOT NULL,
	`to_ms` integer NOT NULL,
	`file` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `clips_by_call` ON `clips` (`call_id`);--> statement-breakpoint
CREATE INDEX `clips_by_time` ON `clips` (`at`);--> statement-breakpoint
CREATE TABLE `consent_wordings` (
	`version` integer PRIMARY KEY NOT NULL,
	`es` text NOT NULL,
	`en` text NOT NULL,
	`by` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`user_id` text,
	`input` text NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer,
	`file` text,
	`file_name` text,
	`bytes` integer,
	`sha256` text,
	`error` text,
	`schedule_id` text,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`expires_at` integer
);
--> statement-breakpoint
CREATE INDEX `jobs_by_user` ON `jobs` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `jobs_by_state` ON `jobs` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `recording_marks` (
	`id` text PRIMARY KEY NOT NULL,
	`call_id` text NOT NULL,
	`kind` text NOT NULL,
	`at_ms` integer NOT NULL,
	`text` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`seen_at` integer,
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `recording_marks_by_call` ON `recording_marks` (`call_id`,`at_ms`);--> statement-breakpoint
CREATE TABLE `recording_months` (
	`agent_id` text NOT NULL,
	`month` text NOT NULL,
	`count` integer NOT NULL,
	`seconds` integer NOT NULL,
	`bytes` integer NOT NULL,
	PRIMARY KEY(`agent_id`, `month`)
);
--> statement-breakpoint
CREATE TABLE `recording_words` (
	`id` integer PRIMARY KEY NOT NULL,
	`call_id` text NOT NULL,
	`words` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recording_words_by_call` ON `recording_words` (`call_id`);--> statement-breakpoint
CREATE TABLE `saved_filters` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`filter` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_filters_by_user` ON `saved_filters` (`user_id`,`name`);--> statement-breakpoint
CREATE TABLE `schedules` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`period` text NOT NULL,
	`input` text NOT NULL,
	`active` integer NOT NULL,
	`created_at` integer NOT NULL,
	`next_at` integer NOT NULL,
	`last_job_id` text
);
--> statement-breakpoint
CREATE INDEX `schedules_by_next` ON `schedules` (`next_at`);--> statement-breakpoint
ALTER TABLE `calls` ADD `consent` text DEFAULT 'unknown' NOT NULL;--> statement-breakpoint
ALTER TABLE `calls` ADD `consent_wording` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `consent_at_ms` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `consent_changed_at` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `may_record` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `do_not_record` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `contacts` ADD `do_not_record_by` text;--> statement-breakpoint
ALTER TABLE `contacts` ADD `do_not_record_at` integer;--> statement-breakpoint
ALTER TABLE `recordings` ADD `format` text DEFAULT 'wav' NOT NULL;--> statement-breakpoint
ALTER TABLE `recordings` ADD `original_sha256` text;--> statement-breakpoint
ALTER TABLE `recordings` ADD `format_changed_at` integer;--> statement-breakpoint
ALTER TABLE `recordings` ADD `held_by` text;--> statement-breakpoint
ALTER TABLE `recordings` ADD `held_why` text;--> statement-breakpoint
ALTER TABLE `recordings` ADD `held_at` integer;--> statement-breakpoint
ALTER TABLE `recordings` ADD `trashed_at` integer;--> statement-breakpoint
ALTER TABLE `recordings` ADD `trashed_by` text;--> statement-breakpoint
CREATE INDEX `recordings_by_trash` ON `recordings` (`trashed_at`);--> statement-breakpoint
CREATE INDEX `recordings_by_format` ON `recordings` (`format`,`started_at`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `id` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `last_seen_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `address` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `browser` text;--> statement-breakpoint
ALTER TABLE `users` ADD `password_set_at` integer;