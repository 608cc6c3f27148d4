ALTER TABLE `teams` ADD `listening` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `teams` ADD `listening_changed_by` text;--> statement-breakpoint
ALTER TABLE `teams` ADD `listening_changed_at` integer;