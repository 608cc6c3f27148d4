CREATE TABLE "asks" (
	"id" text PRIMARY KEY NOT NULL,
	"agent_id" text NOT NULL,
	"call_id" text,
	"card_id" text,
	"model" text NOT NULL,
	"first_token_ms" bigint,
	"total_ms" bigint,
	"outcome" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" text PRIMARY KEY NOT NULL,
	"agent_id" text NOT NULL,
	"team_id" text NOT NULL,
	"site_id" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"clock_offset_ms" bigint NOT NULL,
	"start_digest" text NOT NULL,
	"end_digest" text,
	"direction" text NOT NULL,
	"source" text NOT NULL,
	"contact_name" text,
	"contact_phone" text,
	"campaign" text,
	"external_id" text,
	"search_text" text NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"ended_hour" timestamp (3) with time zone,
	"talk_seconds" bigint,
	"hold_seconds" bigint,
	"outcome" text,
	"disposition" text,
	"sale_amount" double precision,
	"notes" text,
	"callback_at" timestamp (3) with time zone,
	"wrap_up_ended_at" timestamp (3) with time zone,
	"ai_asks" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passes" (
	"hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "recording_parts" (
	"call_id" text NOT NULL,
	"n" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "recording_parts_call_id_n_pk" PRIMARY KEY("call_id","n")
);
--> statement-breakpoint
CREATE TABLE "recordings" (
	"call_id" text PRIMARY KEY NOT NULL,
	"agent_id" text NOT NULL,
	"file" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"sample_rate" bigint NOT NULL,
	"channels" bigint NOT NULL,
	"bits_per_sample" bigint NOT NULL,
	"duration_seconds" double precision NOT NULL,
	"gaps" jsonb NOT NULL,
	"peaks" jsonb NOT NULL,
	"glance" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"stored_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recordings_file_unique" UNIQUE("file")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"user_id" text NOT NULL,
	"device" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	CONSTRAINT "sites_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"site_id" text NOT NULL,
	CONSTRAINT "teams_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text NOT NULL,
	"team_id" text NOT NULL,
	"language" text NOT NULL,
	"active" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"state_reason" text,
	"state_since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_agent_id_users_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recordings" ADD CONSTRAINT "recordings_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "asks_by_call" ON "asks" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "calls_by_agent" ON "calls" USING btree ("agent_id","started_at");--> statement-breakpoint
CREATE INDEX "calls_by_hour" ON "calls" USING btree ("ended_hour","agent_id");--> statement-breakpoint
CREATE INDEX "calls_by_start" ON "calls" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "recordings_by_start" ON "recordings" USING btree ("started_at");