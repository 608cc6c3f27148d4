-- milestones: rows of the index only, before the first of so many days that have recordings; spans are in ids
CREATE VIEW `milestones` (`n`, `span`) AS VALUES
	(0, 176947200000), (1, 707788800000), (2, 2831155200000), (3, 11324620800000), (4, 45298483200000), (5, 181193932800000);
--> statement-breakpoint
CREATE TRIGGER `recording_words_passed` AFTER INSERT ON `recording_words` BEGIN
	INSERT INTO `recording_index` (rowid, words)
	SELECT new.id / span * span - 1 - n, '0w' || n FROM `milestones`
	WHERE NOT EXISTS (
		SELECT 1 FROM `recording_words`
		WHERE id >= new.id / span * span AND id < (new.id / span + 1) * span AND id <> new.id
	);
END;
--> statement-breakpoint
CREATE TRIGGER `recording_words_left` AFTER DELETE ON `recording_words` BEGIN
	INSERT INTO `recording_index` (`recording_index`, rowid, words)
	SELECT 'delete', old.id / span * span - 1 - n, '0w' || n FROM `milestones`
	WHERE NOT EXISTS (
		SELECT 1 FROM `recording_words` WHERE id >= old.id / span * span AND id < (old.id / span + 1) * span
	);
END;
--> statement-breakpoint
INSERT INTO `recording_index` (rowid, words)
WITH RECURSIVE days (day) AS (
	SELECT max(id) / 176947200000 FROM `recording_words`
	UNION ALL
	SELECT (SELECT max(id) / 176947200000 FROM `recording_words` WHERE id < day * 176947200000) FROM days WHERE day IS NOT NULL
)
SELECT DISTINCT day * 176947200000 / span * span - 1 - n AS id, '0w' || n FROM days, `milestones` WHERE day IS NOT NULL
UNION ALL
SELECT 9007199254740991, '0w0 0w1 0w2 0w3 0w4 0w5'
ORDER BY id;
