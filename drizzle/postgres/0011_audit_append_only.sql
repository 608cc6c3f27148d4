CREATE INDEX "audit_by_action" ON "audit_entries" USING btree ("action","n");--> statement-breakpoint
CREATE INDEX "audit_by_time" ON "audit_entries" USING btree ("at");--> statement-breakpoint
CREATE FUNCTION "audit_only_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'audit entries are never changed or removed';
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "audit_never_changed" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries" FOR EACH STATEMENT EXECUTE FUNCTION "audit_only_added"();
