import type { Tables } from "./schema.ts";
import type { Database } from "./store.ts";

/** Writes what an admin has set, in place of what was set before. */
export const setting = (
  db: Database,
  { settings }: Pick<Tables, "settings">,
  name: string,
  value: unknown,
  changedBy: string | null,
  changedAt: Date,
) =>
  db
    .insert(settings)
    .values({ name, value: { is: value }, changedBy, changedAt })
    .onConflictDoUpdate({ target: settings.name, set: { value: { is: value }, changedBy, changedAt } });
