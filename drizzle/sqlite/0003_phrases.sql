CREATE VIRTUAL TABLE `playbook_phrases_words` USING fts5(
	stems, content = 'playbook_phrases', content_rowid = 'id', detail = none,
	tokenize = 'unicode61 remove_diacritics 0'
);
--> statement-breakpoint
CREATE TRIGGER `playbook_phrases_added` AFTER INSERT ON `playbook_phrases` BEGIN
	INSERT INTO `playbook_phrases_words` (rowid, stems) VALUES (new.id, new.stems);
END;
--> statement-breakpoint
CREATE TRIGGER `playbook_phrases_removed` AFTER DELETE ON `playbook_phrases` BEGIN
	INSERT INTO `playbook_phrases_words` (`playbook_phrases_words`, rowid, stems) VALUES ('delete', old.id, old.stems);
END;
