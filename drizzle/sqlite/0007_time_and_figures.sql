CREATE TABLE `agent_states` (
	`id` text PRIMARY KEY NOT NULL,
	`agent_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`since` integer NOT NULL,
	FOREIGN KEY (`agent_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `agent_states_by_agent` ON `agent_states` (`agent_id`,`since`);--> statement-breakpoint
CREATE TABLE `contact_phones` (
	`team_id` text NOT NULL,
	`phone` text NOT NULL,
	`contact_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`team_id`, `phone`),
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `contact_phones_by_contact` ON `contact_phones` (`contact_id`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`site_id` text NOT NULL,
	`name` text NOT NULL,
	`notes` text NOT NULL,
	`search_text` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`last_call_at` integer
);
--> statement-breakpoint
CREATE INDEX `contacts_by_team` ON `contacts` (`team_id`,`name`,`id`);--> statement-breakpoint
CREATE TABLE `corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`agent_id` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`why` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `corrections_by_subject` ON `corrections` (`subject_id`,`at`);--> statement-breakpoint
CREATE INDEX `corrections_by_agent` ON `corrections` (`agent_id`,`at`);--> statement-breakpoint
CREATE TABLE `day_figures` (
	`owner_id` text NOT NULL,
	`campaign` text NOT NULL,
	`day` text NOT NULL,
	`calls` integer DEFAULT 0 NOT NULL,
	`answered` integer DEFAULT 0 NOT NULL,
	`contacts` integer DEFAULT 0 NOT NULL,
	`sales` integer DEFAULT 0 NOT NULL,
	`sale_cents` integer DEFAULT 0 NOT NULL,
	`talk_seconds` integer DEFAULT 0 NOT NULL,
	`hold_seconds` integer DEFAULT 0 NOT NULL,
	`hold_calls` integer DEFAULT 0 NOT NULL,
	`wrap_up_seconds` integer DEFAULT 0 NOT NULL,
	`wrap_up_calls` integer DEFAULT 0 NOT NULL,
	`ai_asks` integer DEFAULT 0 NOT NULL,
	`ai_calls` integer DEFAULT 0 NOT NULL,
	`ai_contacts` integer DEFAULT 0 NOT NULL,
	`ai_sales` integer DEFAULT 0 NOT NULL,
	`held_out_calls` integer DEFAULT 0 NOT NULL,
	`held_out_contacts` integer DEFAULT 0 NOT NULL,
	`held_out_sales` integer DEFAULT 0 NOT NULL,
	`ready_seconds` integer DEFAULT 0 NOT NULL,
	`paused_seconds` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`owner_id`, `day`, `campaign`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `day_lengths` (
	`owner_id` text NOT NULL,
	`day` text NOT NULL,
	`what` text NOT NULL,
	`s0` integer DEFAULT 0 NOT NULL,
	`s1` integer DEFAULT 0 NOT NULL,
	`s2` integer DEFAULT 0 NOT NULL,
	`s3` integer DEFAULT 0 NOT NULL,
	`s4` integer DEFAULT 0 NOT NULL,
	`s5` integer DEFAULT 0 NOT NULL,
	`s6` integer DEFAULT 0 NOT NULL,
	`s7` integer DEFAULT 0 NOT NULL,
	`s8` integer DEFAULT 0 NOT NULL,
	`s9` integer DEFAULT 0 NOT NULL,
	`s10` integer DEFAULT 0 NOT NULL,
	`s11` integer DEFAULT 0 NOT NULL,
	`s12` integer DEFAULT 0 NOT NULL,
	`s13` integer DEFAULT 0 NOT NULL,
	`s14` integer DEFAULT 0 NOT NULL,
	`s15` integer DEFAULT 0 NOT NULL,
	`s16` integer DEFAULT 0 NOT NULL,
	`s17` integer DEFAULT 0 NOT NULL,
	`s18` integer DEFAULT 0 NOT NULL,
	`s19` integer DEFAULT 0 NOT NULL,
	`s20` integer DEFAULT 0 NOT NULL,
	`s21` integer DEFAULT 0 NOT NULL,
	`s22` integer DEFAULT 0 NOT NULL,
	`s23` integer DEFAULT 0 NOT NULL,
	`s24` integer DEFAULT 0 NOT NULL,
	`s25` integer DEFAULT 0 NOT NULL,
	`s26` integer DEFAULT 0 NOT NULL,
	`s27` integer DEFAULT 0 NOT NULL,
	`s28` integer DEFAULT 0 NOT NULL,
	`s29` integer DEFAULT 0 NOT NULL,
	`s30` integer DEFAULT 0 NOT NULL,
	`s31` integer DEFAULT 0 NOT NULL,
	`s32` integer DEFAULT 0 NOT NULL,
	`s33` integer DEFAULT 0 NOT NULL,
	`s34` integer DEFAULT 0 NOT NULL,
	`s35` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`owner_id`, `day`, `what`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dispositions` (
	`campaign` text NOT NULL,
	`code` text NOT NULL,
	`name` text,
	`kind` text NOT NULL,
	`asks_for` text,
	`position` integer NOT NULL,
	PRIMARY KEY(`campaign`, `code`)
);
--> statement-breakpoint
CREATE TABLE `hour_figures` (
	`owner_id` text NOT NULL,
	`campaign` text NOT NULL,
	`hour` integer NOT NULL,
	`calls` integer DEFAULT 0 NOT NULL,
	`answered` integer DEFAULT 0 NOT NULL,
	`contacts` integer DEFAULT 0 NOT NULL,
	`sales` integer DEFAULT 0 NOT NULL,
	`sale_cents` integer DEFAULT 0 NOT NULL,
	`talk_seconds` integer DEFAULT 0 NOT NULL,
	`hold_seconds` integer DEFAULT 0 NOT NULL,
	`hold_calls` integer DEFAULT 0 NOT NULL,
	`wrap_up_seconds` integer DEFAULT 0 NOT NULL,
	`wrap_up_calls` integer DEFAULT 0 NOT NULL,
	`ai_asks` integer DEFAULT 0 NOT NULL,
	`ai_calls` integer DEFAULT 0 NOT NULL,
	`ai_contacts` integer DEFAULT 0 NOT NULL,
	`ai_sales` integer DEFAULT 0 NOT NULL,
	`held_out_calls` integer DEFAULT 0 NOT NULL,
	`held_out_contacts` integer DEFAULT 0 NOT NULL,
	`held_out_sales` integer DEFAULT 0 NOT NULL,
	`ready_seconds` integer DEFAULT 0 NOT NULL,
	`paused_seconds` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`owner_id`, `hour`, `campaign`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `supervised_teams` (
	`user_id` text NOT NULL,
	`team_id` text NOT NULL,
	PRIMARY KEY(`user_id`, `team_id`),
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
DROP INDEX `calls_by_hour`;--> statement-breakpoint
ALTER TABLE `calls` ADD `contact_id` text REFERENCES contacts(id);--> statement-breakpoint
ALTER TABLE `calls` ADD `contacted` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `calls` ADD `sold` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `calls` ADD `callback_done_at` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `wrap_up_ended_by` text;--> statement-breakpoint
ALTER TABLE `calls` ADD `wrap_up_seconds` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `counted_at` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `counted_hour` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `counted_day` text;--> statement-breakpoint
ALTER TABLE `calls` ADD `held_out` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `calls` ADD `capture_since` integer;--> statement-breakpoint
CREATE INDEX `calls_by_counted_team` ON `calls` (`team_id`,`counted_at`);--> statement-breakpoint
CREATE INDEX `calls_by_counted` ON `calls` (`counted_at`);--> statement-breakpoint
CREATE INDEX `calls_by_contact` ON `calls` (`contact_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `calls_by_callback` ON `calls` (`agent_id`,`callback_at`);--> statement-breakpoint
ALTER TABLE `teams` ADD `goal_calls` integer;--> statement-breakpoint
ALTER TABLE `teams` ADD `goal_sales` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `time_known_until` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `muted_alerts` text DEFAULT '' NOT NULL;