CREATE INDEX "playbook_phrases_words" ON "playbook_phrases" USING gin (to_tsvector('simple', "stems"));
