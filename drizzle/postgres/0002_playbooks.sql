CREATE TABLE "playbook_cards" (
	"id" text PRIMARY KEY NOT NULL,
	"playbook_id" text NOT NULL,
	"position" bigint NOT NULL,
	"key" bigint,
	"content" jsonb NOT NULL,
	"version" bigint NOT NULL,
	"approved_by" text,
	"approved_at" timestamp (3) with time zone NOT NULL,
	"removed" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playbook_history" (
	"card_id" text NOT NULL,
	"version" bigint NOT NULL,
	"playbook_id" text NOT NULL,
	"action" text NOT NULL,
	"content" jsonb NOT NULL,
	"by" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "playbook_history_card_id_version_pk" PRIMARY KEY("card_id","version")
);
--> statement-breakpoint
CREATE TABLE "playbook_phrases" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "playbook_phrases_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"card_id" text NOT NULL,
	"playbook_id" text NOT NULL,
	"stems" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playbooks" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"language" text NOT NULL,
	"industry" text NOT NULL,
	"product" text NOT NULL,
	"about" jsonb NOT NULL,
	"facts" jsonb NOT NULL,
	"forbidden" jsonb NOT NULL,
	"active" boolean NOT NULL,
	"main" boolean NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"changed_by" text,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "asks" ADD COLUMN "card_version" bigint;--> statement-breakpoint
ALTER TABLE "asks" ADD COLUMN "held_out" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "asks" ADD COLUMN "shown_ms" bigint;--> statement-breakpoint
ALTER TABLE "asks" ADD COLUMN "copied" text;--> statement-breakpoint
ALTER TABLE "asks" ADD COLUMN "thumbs" text;--> statement-breakpoint
ALTER TABLE "asks" ADD COLUMN "dismissed" boolean;--> statement-breakpoint
ALTER TABLE "playbook_cards" ADD CONSTRAINT "playbook_cards_playbook_id_playbooks_id_fk" FOREIGN KEY ("playbook_id") REFERENCES "public"."playbooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "playbook_cards_by_playbook" ON "playbook_cards" USING btree ("playbook_id");--> statement-breakpoint
CREATE INDEX "playbook_history_by_playbook" ON "playbook_history" USING btree ("playbook_id","at");--> statement-breakpoint
CREATE INDEX "playbook_phrases_by_card" ON "playbook_phrases" USING btree ("card_id");