import { setImmediate as nextTurn } from "node:timers/promises";
import type { AudioFormat } from "#contract";
import { placeOf } from "../db/time.ts";
import { outcomeOf, type Named } from "../dispositions/dispositions.ts";
import type { Cohort } from "./forecast.ts";
import type { KeptRow, Place } from "./queries.ts";
import type { Outcome } from "./rules.ts";

/** Rows a read: what else waits for the database gets its turn in between. */
const BATCH = 200;

/** Every recording, oldest first, a few at a time; what is added meanwhile may or may not come. */
export async function* everyRecording(
  after: (place: Place | null, limit: number) => PromiseLike<KeptRow[]>,
): AsyncGenerator<KeptRow> {
  for (let place: Place | null = null; ;) {
    const rows: KeptRow[] = await after(place, BATCH);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    place = { startedAt: last.startedAt, callId: last.callId };
    // a promise alone would go on within the same turn of the event loop
    await nextTurn();
  }
}

/** How a recording's call ended, as rules ask for it. */
export const outcomeOfRow = (row: KeptRow, named: Named): Outcome => ({
  siteId: row.siteId,
  kind: outcomeOf(row, named).dispositionKind,
  code: row.disposition,
});

/** Bytes of a recording as it arrived. */
const wavBytesOf = ({ format, bytes, durationSeconds, sampleRate, channels }: KeptRow): number =>
  format === "wav" ? bytes : Math.round(durationSeconds * sampleRate) * channels * 2 + 44;

/** Counts all recordings into cohorts. */
export async function survey(
  rows: AsyncIterable<KeptRow>,
  named: Named,
  zoneOf: (siteId: string) => string,
): Promise<Cohort[]> {
  const cohorts = new Map<string, Cohort>();
  for await (const row of rows) {
    const outcome = outcomeOfRow(row, named);
    const { day } = placeOf(row.startedAt, zoneOf(row.siteId));
    const [held, trashed] = [row.heldAt !== null, row.trashedAt !== null];
    const key = [day, outcome.siteId, outcome.kind, outcome.code, row.format, held, trashed].join();
    const cohort = cohorts.get(key) ?? empty(outcome, day, row.format, held, trashed);
    cohort.recordings += 1;
    cohort.bytes += row.bytes;
    cohort.wavBytes += wavBytesOf(row);
    cohorts.set(key, cohort);
  }
  return [...cohorts.values()];
}

const empty = (
  outcome: Outcome,
  day: string,
  format: AudioFormat,
  held: boolean,
  trashed: boolean,
): Cohort => ({ ...outcome, day, format, held, trashed, recordings: 0, bytes: 0, wavBytes: 0 });
