CREATE VIRTUAL TABLE `transcript_words` USING fts5(
	search_text, content = 'transcript_lines', content_rowid = 'id',
	tokenize = 'unicode61 remove_diacritics 0'
);
--> statement-breakpoint
INSERT INTO `transcript_words` (`transcript_words`, rank) VALUES ('secure-delete', 1);
--> statement-breakpoint
CREATE TRIGGER `transcript_lines_added` AFTER INSERT ON `transcript_lines` BEGIN
	INSERT INTO `transcript_words` (rowid, search_text) VALUES (new.id, new.search_text);
END;
--> statement-breakpoint
CREATE TRIGGER `transcript_lines_changed` AFTER UPDATE OF search_text ON `transcript_lines` BEGIN
	INSERT INTO `transcript_words` (`transcript_words`, rowid, search_text) VALUES ('delete', old.id, old.search_text);
	INSERT INTO `transcript_words` (rowid, search_text) VALUES (new.id, new.search_text);
END;
--> statement-breakpoint
CREATE TRIGGER `transcript_lines_removed` AFTER DELETE ON `transcript_lines` BEGIN
	INSERT INTO `transcript_words` (`transcript_words`, rowid, search_text) VALUES ('delete', old.id, old.search_text);
END;
