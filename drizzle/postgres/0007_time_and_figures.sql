CREATE TABLE "agent_states" (
	"id" text PRIMARY KEY NOT NULL,
	"agent_id" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_phones" (
	"team_id" text NOT NULL,
	"phone" text NOT NULL,
	"contact_id" text NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "contact_phones_team_id_phone_pk" PRIMARY KEY("team_id","phone")
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"site_id" text NOT NULL,
	"name" text NOT NULL,
	"notes" text NOT NULL,
	"search_text" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"last_call_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"agent_id" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"why" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "day_figures" (
	"owner_id" text NOT NULL,
	"campaign" text NOT NULL,
	"day" text NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"answered" bigint DEFAULT 0 NOT NULL,
	"contacts" bigint DEFAULT 0 NOT NULL,
	"sales" bigint DEFAULT 0 NOT NULL,
	"sale_cents" bigint DEFAULT 0 NOT NULL,
	"talk_seconds" bigint DEFAULT 0 NOT NULL,
	"hold_seconds" bigint DEFAULT 0 NOT NULL,
	"hold_calls" bigint DEFAULT 0 NOT NULL,
	"wrap_up_seconds" bigint DEFAULT 0 NOT NULL,
	"wrap_up_calls" bigint DEFAULT 0 NOT NULL,
	"ai_asks" bigint DEFAULT 0 NOT NULL,
	"ai_calls" bigint DEFAULT 0 NOT NULL,
	"ai_contacts" bigint DEFAULT 0 NOT NULL,
	"ai_sales" bigint DEFAULT 0 NOT NULL,
	"held_out_calls" bigint DEFAULT 0 NOT NULL,
	"held_out_contacts" bigint DEFAULT 0 NOT NULL,
	"held_out_sales" bigint DEFAULT 0 NOT NULL,
	"ready_seconds" bigint DEFAULT 0 NOT NULL,
	"paused_seconds" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "day_figures_owner_id_day_campaign_pk" PRIMARY KEY("owner_id","day","campaign")
);
--> statement-breakpoint
CREATE TABLE "day_lengths" (
	"owner_id" text NOT NULL,
	"day" text NOT NULL,
	"what" text NOT NULL,
	"s0" bigint DEFAULT 0 NOT NULL,
	"s1" bigint DEFAULT 0 NOT NULL,
	"s2" bigint DEFAULT 0 NOT NULL,
	"s3" bigint DEFAULT 0 NOT NULL,
	"s4" bigint DEFAULT 0 NOT NULL,
	"s5" bigint DEFAULT 0 NOT NULL,
	"s6" bigint DEFAULT 0 NOT NULL,
	"s7" bigint DEFAULT 0 NOT NULL,
	"s8" bigint DEFAULT 0 NOT NULL,
	"s9" bigint DEFAULT 0 NOT NULL,
	"s10" bigint DEFAULT 0 NOT NULL,
	"s11" bigint DEFAULT 0 NOT NULL,
	"s12" bigint DEFAULT 0 NOT NULL,
	"s13" bigint DEFAULT 0 NOT NULL,
	"s14" bigint DEFAULT 0 NOT NULL,
	"s15" bigint DEFAULT 0 NOT NULL,
	"s16" bigint DEFAULT 0 NOT NULL,
	"s17" bigint DEFAULT 0 NOT NULL,
	"s18" bigint DEFAULT 0 NOT NULL,
	"s19" bigint DEFAULT 0 NOT NULL,
	"s20" bigint DEFAULT 0 NOT NULL,
	"s21" bigint DEFAULT 0 NOT NULL,
	"s22" bigint DEFAULT 0 NOT NULL,
	"s23" bigint DEFAULT 0 NOT NULL,
	"s24" bigint DEFAULT 0 NOT NULL,
	"s25" bigint DEFAULT 0 NOT NULL,
	"s26" bigint DEFAULT 0 NOT NULL,
	"s27" bigint DEFAULT 0 NOT NULL,
	"s28" bigint DEFAULT 0 NOT NULL,
	"s29" bigint DEFAULT 0 NOT NULL,
	"s30" bigint DEFAULT 0 NOT NULL,
	"s31" bigint DEFAULT 0 NOT NULL,
	"s32" bigint DEFAULT 0 NOT NULL,
	"s33" bigint DEFAULT 0 NOT NULL,
	"s34" bigint DEFAULT 0 NOT NULL,
	"s35" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "day_lengths_owner_id_day_what_pk" PRIMARY KEY("owner_id","day","what")
);
--> statement-breakpoint
CREATE TABLE "dispositions" (
	"campaign" text NOT NULL,
	"code" text NOT NULL,
	"name" text,
	"kind" text NOT NULL,
	"asks_for" text,
	"position" bigint NOT NULL,
	CONSTRAINT "dispositions_campaign_code_pk" PRIMARY KEY("campaign","code")
);
--> statement-breakpoint
CREATE TABLE "hour_figures" (
	"owner_id" text NOT NULL,
	"campaign" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"answered" bigint DEFAULT 0 NOT NULL,
	"contacts" bigint DEFAULT 0 NOT NULL,
	"sales" bigint DEFAULT 0 NOT NULL,
	"sale_cents" bigint DEFAULT 0 NOT NULL,
	"talk_seconds" bigint DEFAULT 0 NOT NULL,
	"hold_seconds" bigint DEFAULT 0 NOT NULL,
	"hold_calls" bigint DEFAULT 0 NOT NULL,
	"wrap_up_seconds" bigint DEFAULT 0 NOT NULL,
	"wrap_up_calls" bigint DEFAULT 0 NOT NULL,
	"ai_asks" bigint DEFAULT 0 NOT NULL,
	"ai_calls" bigint DEFAULT 0 NOT NULL,
	"ai_contacts" bigint DEFAULT 0 NOT NULL,
	"ai_sales" bigint DEFAULT 0 NOT NULL,
	"held_out_calls" bigint DEFAULT 0 NOT NULL,
	"held_out_contacts" bigint DEFAULT 0 NOT NULL,
	"held_out_sales" bigint DEFAULT 0 NOT NULL,
	"ready_seconds" bigint DEFAULT 0 NOT NULL,
	"paused_seconds" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "hour_figures_owner_id_hour_campaign_pk" PRIMARY KEY("owner_id","hour","campaign")
);
--> statement-breakpoint
CREATE TABLE "supervised_teams" (
	"user_id" text NOT NULL,
	"team_id" text NOT NULL,
	CONSTRAINT "supervised_teams_user_id_team_id_pk" PRIMARY KEY("user_id","team_id")
);
--> statement-breakpoint
DROP INDEX "calls_by_hour";--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "contact_id" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "contacted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "sold" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "callback_done_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "wrap_up_ended_by" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "wrap_up_seconds" bigint;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "counted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "counted_hour" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "counted_day" text;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "held_out" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "capture_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "goal_calls" bigint;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "goal_sales" bigint;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "time_known_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "muted_alerts" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "agent_states" ADD CONSTRAINT "agent_states_agent_id_users_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_phones" ADD CONSTRAINT "contact_phones_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervised_teams" ADD CONSTRAINT "supervised_teams_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agent_states_by_agent" ON "agent_states" USING btree ("agent_id","since");--> statement-breakpoint
CREATE INDEX "contact_phones_by_contact" ON "contact_phones" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "contacts_by_team" ON "contacts" USING btree ("team_id","name","id");--> statement-breakpoint
CREATE INDEX "corrections_by_subject" ON "corrections" USING btree ("subject_id","at");--> statement-breakpoint
CREATE INDEX "corrections_by_agent" ON "corrections" USING btree ("agent_id","at");--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calls_by_counted_team" ON "calls" USING btree ("team_id","counted_at");--> statement-breakpoint
CREATE INDEX "calls_by_counted" ON "calls" USING btree ("counted_at");--> statement-breakpoint
CREATE INDEX "calls_by_contact" ON "calls" USING btree ("contact_id","started_at");--> statement-breakpoint
CREATE INDEX "calls_by_callback" ON "calls" USING btree ("agent_id","callback_at");