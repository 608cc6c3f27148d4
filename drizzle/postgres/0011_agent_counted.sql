DROP INDEX "calls_by_callback";--> statement-breakpoint
CREATE INDEX "calls_by_counted_agent" ON "calls" USING btree ("agent_id","counted_at") WHERE "calls"."counted_at" is not null;--> statement-breakpoint
CREATE INDEX "calls_by_callback" ON "calls" USING btree ("agent_id","callback_at") WHERE "calls"."callback_at" is not null;--> statement-breakpoint
ALTER TABLE "contacts" DROP COLUMN "last_call_at";