import type { sqlite } from "./dialects.ts";
import { callTables } from "./tables/calls.ts";
import { copilotTables } from "./tables/copilot.ts";
import { figureTables } from "./tables/figures.ts";
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
  };
}

export type Tables = ReturnType<typeof schema>;
