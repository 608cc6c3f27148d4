import { sqlite } from "./dialects.ts";
import { schema } from "./schema.ts";

/** Read by drizzle-kit, which wants each table exported by name. */
export const {
  sites,
  teams,
  users,
  sessions,
  passes,
  calls,
  recordings,
  recordingParts,
  transcripts,
  transcriptLines,
  asks,
  playbooks,
  playbookCards,
  playbookHistory,
  playbookPhrases,
  settings,
} = schema(sqlite);
