import type { sqlite } from "./dialects.ts";
import { accessTables } from "./tables/access.ts";
import { auditTables } from "./tables/audit.ts";
import { callTables } from "./tables/calls.ts";
import { copilotTables } from "./tables/copilot.ts";
import { figureTables } from "./tables/figures.ts";
import { jobTables } from "./tables/jobs.ts";
import { libraryTables } from "./tables/library.ts";
import { peopleTables } from "./tables/people.ts";
import { recordingTables } from "./tables/recordings.ts";
import { timeTables } from "./tables/time.ts";

/** Every table of CallManager, declared once for both databases. */
export function schema(words: typeof sqlite) {
  const people = peopleTables(words);
  const calls = callTables(words, people);
  return {
    ...people,
    ...calls,
    ...recordingTables(words, calls),
    ...copilotTables(words),
    ...timeTables(words, people),
    ...figureTables(words),
    ...libraryTables(words, calls),
    ...jobTables(words),
    ...auditTables(words),
    ...accessTables(words, people),
  };
}

export type Tables = ReturnType<typeof schema>;
