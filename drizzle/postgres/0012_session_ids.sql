-- sessions from before they were listed get an id, so that they can be ended
UPDATE "sessions" SET "id" = '00000000-0000-7000-8000-' || substr(md5(random()::text || "token_hash"), 1, 12) WHERE "id" = '';
