ALTER TABLE "teams" ADD COLUMN "listening" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "listening_changed_by" text;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "listening_changed_at" timestamp (3) with time zone;