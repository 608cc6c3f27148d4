import { sqlite } from "./dialects.ts";
import { schema } from "./schema.ts";

/** Read by drizzle-kit, which wants each table exported by name. */
export const {
  sites,
  teams,
  supervisedTeams,
  users,
  sessions,
  passes,
  contacts,
  contactPhones,
  calls,
  dispositions,
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
  agentStates,
  corrections,
  hourFigures,
  dayFigures,
  dayLengths,
} = schema(sqlite);
