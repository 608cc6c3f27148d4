ALTER TABLE `calls` ADD `capture_agent` text;--> statement-breakpoint
ALTER TABLE `calls` ADD `capture_customer` text;