import type { CorrectedValues, DeclaredState } from "#contract";
import type { sqlite } from "../dialects.ts";
import type { peopleTables } from "./people.ts";

/** What agents declared of their time, and what supervisors corrected afterwards. */
export function timeTables(
  { table, text, instant, json, index, uniqueIndex }: typeof sqlite,
  { users }: ReturnType<typeof peopleTables>,
) {
  /** Each holds until the next one of the same agent. */
  const agentStates = table(
    "agent_states",
    {
      id: text("id").primaryKey(),
      agentId: text("agent_id")
        .notNull()
        .references(() => users.id),
      state: text("state").$type<DeclaredState>().notNull(),
      reason: text("reason"),
      since: instant("since").notNull(),
    },
    (states) => [uniqueIndex("agent_states_by_agent").on(states.agentId, states.since)],
  );

  /** What was there before a supervisor changed it; never changed itself. */
  const corrections = table(
    "corrections",
    {
      id: text("id").primaryKey(),
      kind: text("kind").$type<"call" | "state">().notNull(),
      /** The call, or the declared state. */
      subjectId: text("subject_id").notNull(),
      agentId: text("agent_id").notNull(),
      before: json("before").$type<CorrectedValues>().notNull(),
      after: json("after").$type<CorrectedValues>().notNull(),
      why: text("why").notNull(),
      by: text("by").notNull(),
      at: instant("at").notNull(),
    },
    (corrections) => [
      index("corrections_by_subject").on(corrections.subjectId, corrections.at),
      index("corrections_by_agent").on(corrections.agentId, corrections.at),
    ],
  );

  return { agentStates, corrections };
}
