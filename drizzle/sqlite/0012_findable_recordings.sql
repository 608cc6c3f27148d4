ALTER TABLE `recording_words` ADD `agent_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `recording_words` ADD `month` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `recording_words` ADD `seconds` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `recording_words` ADD `bytes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
DROP TABLE `recording_index`;--> statement-breakpoint
CREATE VIRTUAL TABLE `recording_index` USING fts5(
	words, content = 'recording_words', content_rowid = 'id', detail = 'none', prefix = '3 5 6 8',
	tokenize = 'unicode61 remove_diacritics 0'
);
--> statement-breakpoint
INSERT INTO `recording_index` (`recording_index`, rank) VALUES ('secure-delete', 1);
--> statement-breakpoint
DROP TRIGGER `recording_words_changed`;--> statement-breakpoint
CREATE TRIGGER `recording_words_changed` AFTER UPDATE OF words ON `recording_words` WHEN new.words <> old.words BEGIN
	INSERT INTO `recording_index` (`recording_index`, rowid, words) VALUES ('delete', old.id, old.words);
	INSERT INTO `recording_index` (rowid, words) VALUES (new.id, new.words);
END;
--> statement-breakpoint
CREATE TRIGGER `recording_words_counted` AFTER INSERT ON `recording_words` BEGIN
	INSERT INTO `recording_months` (agent_id, month, count, seconds, bytes)
	VALUES (new.agent_id, new.month, 1, cast(round(new.seconds) AS integer), new.bytes)
	ON CONFLICT (agent_id, month) DO UPDATE SET
		count = count + excluded.count, seconds = seconds + excluded.seconds, bytes = bytes + excluded.bytes;
END;
--> statement-breakpoint
CREATE TRIGGER `recording_words_taken` AFTER DELETE ON `recording_words` BEGIN
	UPDATE `recording_months`
	SET count = count - 1, seconds = seconds - cast(round(old.seconds) AS integer), bytes = bytes - old.bytes
	WHERE agent_id = old.agent_id AND month = old.month;
END;
--> statement-breakpoint
CREATE TRIGGER `recording_words_recounted` AFTER UPDATE OF agent_id, month, seconds, bytes ON `recording_words` BEGIN
	UPDATE `recording_months`
	SET count = count - 1, seconds = seconds - cast(round(old.seconds) AS integer), bytes = bytes - old.bytes
	WHERE agent_id = old.agent_id AND month = old.month;
	INSERT INTO `recording_months` (agent_id, month, count, seconds, bytes)
	VALUES (new.agent_id, new.month, 1, cast(round(new.seconds) AS integer), new.bytes)
	ON CONFLICT (agent_id, month) DO UPDATE SET
		count = count + excluded.count, seconds = seconds + excluded.seconds, bytes = bytes + excluded.bytes;
END;
--> statement-breakpoint
CREATE TRIGGER `recordings_trashed` AFTER UPDATE OF trashed_at ON `recordings` WHEN new.trashed_at IS NOT NULL BEGIN
	DELETE FROM `recording_words` WHERE call_id = new.call_id;
END;
--> statement-breakpoint
CREATE TRIGGER `recordings_removed` AFTER DELETE ON `recordings` BEGIN
	DELETE FROM `recording_words` WHERE call_id = old.call_id;
END;
--> statement-breakpoint
CREATE TRIGGER `recordings_resized` AFTER UPDATE OF bytes ON `recordings` BEGIN
	UPDATE `recording_words` SET bytes = new.bytes WHERE call_id = new.call_id;
END;
--> statement-breakpoint
DROP TRIGGER `transcript_lines_added`;--> statement-breakpoint
DROP TRIGGER `transcript_lines_changed`;--> statement-breakpoint
DROP TRIGGER `transcript_lines_removed`;--> statement-breakpoint
DROP TABLE `transcript_words`;
