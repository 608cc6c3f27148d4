CREATE TABLE `transcript_lines` (
	`id` integer PRIMARY KEY NOT NULL,
	`call_id` text NOT NULL,
	`n` integer NOT NULL,
	`side` text NOT NULL,
	`from_ms` integer NOT NULL,
	`to_ms` integer NOT NULL,
	`text` text NOT NULL,
	`search_text` text NOT NULL,
	`masked` text NOT NULL,
	`original` text,
	`corrected_by` text,
	`corrected_at` integer,
	`words` integer,
	`word_errors` integer,
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `transcript_lines_by_call` ON `transcript_lines` (`call_id`,`n`);--> statement-breakpoint
CREATE INDEX `transcript_lines_by_correction` ON `transcript_lines` (`corrected_at`);--> statement-breakpoint
CREATE TABLE `transcripts` (
	`call_id` text PRIMARY KEY NOT NULL,
	`engine` text NOT NULL,
	`model` text NOT NULL,
	FOREIGN KEY (`call_id`) REFERENCES `calls`(`id`) ON UPDATE no action ON DELETE no action
);
