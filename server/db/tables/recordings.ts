import type { AudioFormat, Gap, Side } from "#contract";
import type { sqlite } from "../dialects.ts";
import type { callTables } from "./calls.ts";

/** What was recorded of calls, and what was said in them. */
export function recordingTables(
  { table, text, integer, real, rowId, instant, json, index, uniqueIndex, primaryKey }: typeof sqlite,
  { calls }: ReturnType<typeof callTables>,
) {
  const recordings = table(
    "recordings",
    {
      callId: text("call_id")
        .primaryKey()
        .references(() => calls.id),
      agentId: text("agent_id").notNull(),
      file: text("file").notNull().unique(),
      bytes: integer("bytes").notNull(),
      sha256: text("sha256").notNull(),
      sampleRate: integer("sample_rate").notNull(),
      channels: integer("channels").notNull(),
      bitsPerSample: integer("bits_per_sample").notNull(),
      durationSeconds: real("duration_seconds").notNull(),
      gaps: json("gaps").$type<Gap[]>().notNull(),
      peaks: json("peaks").$type<number[][]>().notNull(),
      glance: json("glance").$type<number[][]>().notNull(),
      startedAt: instant("started_at").notNull(),
      storedAt: instant("stored_at").notNull(),
      /** How the file is stored; `sha256` and `bytes` are of that file, `originalSha256` of the WAV that arrived. */
      format: text("format").$type<AudioFormat>().notNull().default("wav"),
      originalSha256: text("original_sha256"),
      formatChangedAt: instant("format_changed_at"),
      /** Retention leaves it alone; who said so, why and when. */
      heldBy: text("held_by"),
      heldWhy: text("held_why"),
      heldAt: instant("held_at"),
      /** In the trash since then, put there by a person or, with null, by retention. */
      trashedAt: instant("trashed_at"),
      trashedBy: text("trashed_by"),
    },
    (recordings) => [
      index("recordings_by_start").on(recordings.startedAt),
      index("recordings_by_trash").on(recordings.trashedAt),
      index("recordings_by_format").on(recordings.format, recordings.startedAt),
    ],
  );

  /** Parts that are safe on the disk; gone once the recording is complete. */
  const recordingParts = table(
    "recording_parts",
    {
      callId: text("call_id").notNull(),
      n: integer("n").notNull(),
      bytes: integer("bytes").notNull(),
      sha256: text("sha256").notNull(),
    },
    (parts) => [primaryKey({ columns: [parts.callId, parts.n] })],
  );

  /** Calls of which something was written down, and by which recogniser. */
  const transcripts = table("transcripts", {
    callId: text("call_id")
      .primaryKey()
      .references(() => calls.id),
    engine: text("engine").notNull(),
    model: text("model").notNull(),
  });

  /** What was said, without personal data. */
  const transcriptLines = table(
    "transcript_lines",
    {
      id: rowId("id"),
      callId: text("call_id")
        .notNull()
        .references(() => calls.id),
      n: integer("n").notNull(),
      side: text("side").$type<Side>().notNull(),
      fromMs: integer("from_ms").notNull(),
      toMs: integer("to_ms").notNull(),
      text: text("text").notNull(),
      /** Its words in lower case without accents, joined by spaces, for searching. */
      searchText: text("search_text").notNull(),
      /** Kinds of personal data that were masked, joined by spaces; empty where there was none. */
      masked: text("masked").notNull(),
      /** What the recogniser wrote, once a person has corrected it. */
      original: text("original"),
      correctedBy: text("corrected_by"),
      correctedAt: instant("corrected_at"),
      /** How many words the correction has, and how many of the original were wrong. */
      words: integer("words"),
      wordErrors: integer("word_errors"),
    },
    (lines) => [
      // one line of a call, and all in their order
      uniqueIndex("transcript_lines_by_call").on(lines.callId, lines.n),
      // the lines that people corrected
      index("transcript_lines_by_correction").on(lines.correctedAt),
    ],
  );

  return { recordings, recordingParts, transcripts, transcriptLines };
}
