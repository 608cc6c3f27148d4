import { and, eq, sql } from "drizzle-orm";
import type { AskFeedback } from "#contract";
import { counting } from "../db/counting.ts";
import { setting } from "../db/setting.ts";
import type { Store } from "../db/store.ts";
import { rowsOf } from "../db/store.ts";
import type { Tables } from "../db/schema.ts";

export type NewAsk = Tables["asks"]["$inferInsert"];
export type CopilotQueries = ReturnType<typeof copilotQueries>;

/** What the copilot's room asks of the database. */
export function copilotQueries(store: Store) {
  const { asks, calls, settings } = store.tables;
  const counted = counting(store);
  return {
    /** Keeps each ask once, and on its call the count of those that were answered, by a card or by the model. */
    add: (rows: NewAsk[]) =>
      store.together((db) => [
        db.insert(asks).values(rows).onConflictDoNothing(),
        ...[...new Set(rows.flatMap(({ callId }) => callId ?? []))].flatMap((callId) =>
          counted.around(db, callId, [
            db
              .update(calls)
              .set({
                aiAsks: sql`(select count(*) from asks where asks.call_id = ${callId} and (asks.card_id is not null or asks.outcome = 'done'))`,
                heldOut: sql`exists (select 1 from asks where asks.call_id = ${callId} and asks.held_out)`,
              })
              .where(eq(calls.id, callId)),
          ]),
        ),
      ]),

    /** What its asker tells of it. False when it is not theirs. */
    async tell(id: string, agentId: string, feedback: AskFeedback): Promise<boolean> {
      const [rows] = await store.together((db) => [
        db
          .update(asks)
          .set(feedback)
          .where(and(eq(asks.id, id), eq(asks.agentId, agentId)))
          .returning({ id: asks.id }),
      ]);
      return rowsOf(rows).length === 1;
    },

    /** All that is set, by name. */
    async settings(): Promise<Record<string, unknown>> {
      const rows = await store.db.select().from(settings);
      return Object.fromEntries(rows.map(({ name, value }) => [name, value.is]));
    },

    set: (name: string, value: unknown, changedBy: string, changedAt: Date) =>
      store.together((db) => [setting(db, store.tables, name, value, changedBy, changedAt)]),
  };
}
