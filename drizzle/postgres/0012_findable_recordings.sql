ALTER TABLE "recording_words" ALTER COLUMN "id" DROP IDENTITY;--> statement-breakpoint
ALTER TABLE "recording_words" ADD COLUMN "agent_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "recording_words" ADD COLUMN "month" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "recording_words" ADD COLUMN "seconds" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "recording_words" ADD COLUMN "bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE FUNCTION "recording_words_count"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		UPDATE "recording_months"
		SET count = count - 1, seconds = seconds - floor(old.seconds + 0.5)::bigint, bytes = bytes - old.bytes
		WHERE agent_id = old.agent_id AND month = old.month;
	END IF;
	IF TG_OP <> 'DELETE' THEN
		INSERT INTO "recording_months" AS m (agent_id, month, count, seconds, bytes)
		VALUES (new.agent_id, new.month, 1, floor(new.seconds + 0.5)::bigint, new.bytes)
		ON CONFLICT (agent_id, month) DO UPDATE SET
			count = m.count + excluded.count, seconds = m.seconds + excluded.seconds, bytes = m.bytes + excluded.bytes;
	END IF;
	RETURN NULL;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "recording_words_counted" AFTER INSERT OR DELETE OR UPDATE OF agent_id, month, seconds, bytes ON "recording_words"
FOR EACH ROW EXECUTE FUNCTION "recording_words_count"();
--> statement-breakpoint
CREATE FUNCTION "recordings_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		DELETE FROM "recording_words" WHERE call_id = old.call_id;
	ELSIF new.trashed_at IS NOT NULL THEN
		DELETE FROM "recording_words" WHERE call_id = new.call_id;
	ELSE
		UPDATE "recording_words" SET bytes = new.bytes WHERE call_id = new.call_id;
	END IF;
	RETURN NULL;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "recordings_followed" AFTER DELETE OR UPDATE OF trashed_at, bytes ON "recordings"
FOR EACH ROW EXECUTE FUNCTION "recordings_follow"();
--> statement-breakpoint
DROP INDEX "transcript_words";
