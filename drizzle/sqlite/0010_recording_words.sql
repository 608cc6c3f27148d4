CREATE VIRTUAL TABLE `recording_index` USING fts5(
	words, content = 'recording_words', content_rowid = 'id',
	tokenize = 'unicode61 remove_diacritics 0'
);
--> statement-breakpoint
INSERT INTO `recording_index` (`recording_index`, rank) VALUES ('secure-delete', 1);
--> statement-breakpoint
CREATE TRIGGER `recording_words_added` AFTER INSERT ON `recording_words` BEGIN
	INSERT INTO `recording_index` (rowid, words) VALUES (new.id, new.words);
END;
--> statement-breakpoint
CREATE TRIGGER `recording_words_changed` AFTER UPDATE OF words ON `recording_words` BEGIN
	INSERT INTO `recording_index` (`recording_index`, rowid, words) VALUES ('delete', old.id, old.words);
	INSERT INTO `recording_index` (rowid, words) VALUES (new.id, new.words);
END;
--> statement-breakpoint
CREATE TRIGGER `recording_words_removed` AFTER DELETE ON `recording_words` BEGIN
	INSERT INTO `recording_index` (`recording_index`, rowid, words) VALUES ('delete', old.id, old.words);
END;
