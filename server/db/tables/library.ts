import type { MarkKind } from "#contract";
import type { sqlite } from "../dialects.ts";
import type { callTables } from "./calls.ts";

/** What people add to recordings, how they are found, and how many there are. */
export function libraryTables(
  { table, text, integer, real, instant, json, index, uniqueIndex, primaryKey }: typeof sqlite,
  { calls }: ReturnType<typeof callTables>,
) {
  /** Markers and comments at a moment of a recording. */
  const recordingMarks = table(
    "recording_marks",
    {
      id: text("id").primaryKey(),
      callId: text("call_id")
        .notNull()
        .references(() => calls.id),
      kind: text("kind").$type<MarkKind>().notNull(),
      atMs: integer("at_ms").notNull(),
      /** Empty for a bare marker. */
      text: text("text").notNull(),
      by: text("by").notNull(),
      at: instant("at").notNull(),
      /** When the agent saw it. */
      seenAt: instant("seen_at"),
    },
    (marks) => [index("recording_marks_by_call").on(marks.callId, marks.atMs)],
  );

  /** Up to 60 seconds of a recording that are kept as an example, as a file of their own. */
  const clips = table(
    "clips",
    {
      id: text("id").primaryKey(),
      callId: text("call_id")
        .notNull()
        .references(() => calls.id),
      title: text("title").notNull(),
      fromMs: integer("from_ms").notNull(),
      toMs: integer("to_ms").notNull(),
      file: text("file").notNull(),
      bytes: integer("bytes").notNull(),
      sha256: text("sha256").notNull(),
      by: text("by").notNull(),
      at: instant("at").notNull(),
    },
    (clips) => [index("clips_by_call").on(clips.callId), index("clips_by_time").on(clips.at)],
  );

  /** Filters that a person has saved under a name. */
  const savedFilters = table(
    "saved_filters",
    {
      id: text("id").primaryKey(),
      userId: text("user_id").notNull(),
      name: text("name").notNull(),
      filter: json("filter").$type<Record<string, unknown>>().notNull(),
      createdAt: instant("created_at").notNull(),
    },
    (filters) => [uniqueIndex("saved_filters_by_user").on(filters.userId, filters.name)],
  );

  /**
   * What a recording is found by; recordings in the trash have no row. A full-text index over `words`, and
   * the triggers that count rows in `recording_months`, stand in migrations of their own.
   */
  const recordingWords = table(
    "recording_words",
    {
      /** Rows are listed in this order: the start of the call in ms, times 2048, and a number among its equals. */
      id: integer("id").primaryKey(),
      callId: text("call_id")
        .notNull()
        .references(() => calls.id),
      /** What the row counts for in `recording_months`. */
      agentId: text("agent_id").notNull().default(""),
      month: text("month").notNull().default(""),
      seconds: real("seconds").notNull().default(0),
      bytes: integer("bytes").notNull().default(0),
      words: text("words").notNull(),
    },
    (rows) => [uniqueIndex("recording_words_by_call").on(rows.callId)],
  );

  /** How many recordings can be found, by agent and month at the site (`YYYY-MM`); triggers keep it. */
  const recordingMonths = table(
    "recording_months",
    {
      agentId: text("agent_id").notNull(),
      month: text("month").notNull(),
      count: integer("count").notNull(),
      seconds: integer("seconds").notNull(),
      bytes: integer("bytes").notNull(),
    },
    (months) => [primaryKey({ columns: [months.agentId, months.month] })],
  );

  return { recordingMarks, clips, savedFilters, recordingWords, recordingMonths };
}
