CREATE INDEX `audit_by_action` ON `audit_entries` (`action`,`n`);--> statement-breakpoint
CREATE INDEX `audit_by_time` ON `audit_entries` (`at`);--> statement-breakpoint
CREATE TRIGGER `audit_never_changed` BEFORE UPDATE ON `audit_entries` BEGIN
	SELECT RAISE(ABORT, 'audit entries are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_never_removed` BEFORE DELETE ON `audit_entries` BEGIN
	SELECT RAISE(ABORT, 'audit entries are never removed');
END;
