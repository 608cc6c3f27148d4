import { eq, sql } from "drizzle-orm";
import type { Store } from "../db/store.ts";
import type { Tables } from "../db/schema.ts";

export type NewAsk = Tables["asks"]["$inferInsert"];

/** What the copilot's room asks of the database. */
export function askQueries(store: Store) {
  const { asks, calls } = store.tables;
  return {
    /** Keeps an ask once, and counts on its call those that were answered, by a card or by the model. */
    add: (ask: NewAsk) =>
      store.together((db) => [
        db.insert(asks).values(ask).onConflictDoNothing(),
        ...(ask.callId
          ? [
              db
                .update(calls)
                .set({
                  aiAsks: sql`(select count(*) from asks where asks.call_id = ${ask.callId} and (asks.card_id is not null or asks.outcome = 'done'))`,
                })
                .where(eq(calls.id, ask.callId)),
            ]
          : []),
      ]),
  };
}
