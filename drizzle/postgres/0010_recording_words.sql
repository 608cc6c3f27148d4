CREATE INDEX "recording_index" ON "recording_words" USING gin (to_tsvector('simple', "words"));
