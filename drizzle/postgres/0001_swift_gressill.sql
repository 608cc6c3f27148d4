ALTER TABLE "calls" ADD COLUMN "capture_agent" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "capture_customer" text;