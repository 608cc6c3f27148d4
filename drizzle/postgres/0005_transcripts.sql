CREATE TABLE "transcript_lines" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "transcript_lines_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"call_id" text NOT NULL,
	"n" bigint NOT NULL,
	"side" text NOT NULL,
	"from_ms" bigint NOT NULL,
	"to_ms" bigint NOT NULL,
	"text" text NOT NULL,
	"search_text" text NOT NULL,
	"masked" text NOT NULL,
	"original" text,
	"corrected_by" text,
	"corrected_at" timestamp (3) with time zone,
	"words" bigint,
	"word_errors" bigint
);
--> statement-breakpoint
CREATE TABLE "transcripts" (
	"call_id" text PRIMARY KEY NOT NULL,
	"engine" text NOT NULL,
	"model" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "transcript_lines" ADD CONSTRAINT "transcript_lines_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transcripts" ADD CONSTRAINT "transcripts_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "transcript_lines_by_call" ON "transcript_lines" USING btree ("call_id","n");--> statement-breakpoint
CREATE INDEX "transcript_lines_by_correction" ON "transcript_lines" USING btree ("corrected_at");