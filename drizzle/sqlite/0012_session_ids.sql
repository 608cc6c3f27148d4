-- sessions from before they were listed get an id, so that they can be ended
UPDATE `sessions` SET `id` = '00000000-0000-7000-8000-' || lower(hex(randomblob(6))) WHERE `id` = '';
