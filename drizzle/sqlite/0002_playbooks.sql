CREATE TABLE `playbook_cards` (
	`id` text PRIMARY KEY NOT NULL,
	`playbook_id` text NOT NULL,
	`position` integer NOT NULL,
	`key` integer,
	`content` text NOT NULL,
	`version` integer NOT NULL,
	`approved_by` text,
	`approved_at` integer NOT NULL,
	`removed` integer NOT NULL,
	FOREIGN KEY (`playbook_id`) REFERENCES `playbooks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `playbook_cards_by_playbook` ON `playbook_cards` (`playbook_id`);--> statement-breakpoint
CREATE TABLE `playbook_history` (
	`card_id` text NOT NULL,
	`version` integer NOT NULL,
	`playbook_id` text NOT NULL,
	`action` text NOT NULL,
	`content` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`card_id`, `version`)
);
--> statement-breakpoint
CREATE INDEX `playbook_history_by_playbook` ON `playbook_history` (`playbook_id`,`at`);--> statement-breakpoint
CREATE TABLE `playbook_phrases` (
	`id` integer PRIMARY KEY NOT NULL,
	`card_id` text NOT NULL,
	`playbook_id` text NOT NULL,
	`stems` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `playbook_phrases_by_card` ON `playbook_phrases` (`card_id`);--> statement-breakpoint
CREATE TABLE `playbooks` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`language` text NOT NULL,
	`industry` text NOT NULL,
	`product` text NOT NULL,
	`about` text NOT NULL,
	`facts` text NOT NULL,
	`forbidden` text NOT NULL,
	`active` integer NOT NULL,
	`main` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`changed_by` text,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `asks` ADD `card_version` integer;--> statement-breakpoint
ALTER TABLE `asks` ADD `held_out` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `asks` ADD `shown_ms` integer;--> statement-breakpoint
ALTER TABLE `asks` ADD `copied` text;--> statement-breakpoint
ALTER TABLE `asks` ADD `thumbs` text;--> statement-breakpoint
ALTER TABLE `asks` ADD `dismissed` integer;