CREATE INDEX "transcript_words" ON "transcript_lines" USING gin (to_tsvector('simple', "search_text"));
