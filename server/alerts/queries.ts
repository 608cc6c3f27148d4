import { eq } from "drizzle-orm";
import type { Store } from "../db/store.ts";

const LIMITS = "alertLimits";

/** What the alerts' room asks of the database. */
export function alertQueries(store: Store) {
  const { settings, users } = store.tables;
  return {
    /** As they were set; undefined while nobody has. */
    limits: async (): Promise<unknown> =>
      (await store.db.select({ value: settings.value }).from(settings).where(eq(settings.name, LIMITS)))[0]
        ?.value.is,
    setLimits: (limits: unknown, changedBy: string, changedAt: Date) =>
      store.together((db) => [
        db
          .insert(settings)
          .values({ name: LIMITS, value: { is: limits }, changedBy, changedAt })
          .onConflictDoUpdate({
            target: settings.name,
            set: { value: { is: limits }, changedBy, changedAt },
          }),
      ]),
    muted: async (userId: string): Promise<string> =>
      (await store.db.select({ muted: users.mutedAlerts }).from(users).where(eq(users.id, userId)))[0]
        ?.muted ?? "",
    mute: (userId: string, kinds: string) =>
      store.together((db) => [db.update(users).set({ mutedAlerts: kinds }).where(eq(users.id, userId))]),
  };
}
