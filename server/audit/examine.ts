import { setImmediate as turn } from "node:timers/promises";
import type { AuditFault, RecordingFault } from "#contract";
import { ChainReader, type Link } from "./chain.ts";
import type { auditQueries } from "./queries.ts";

type Queries = ReturnType<typeof auditQueries>;
/** Rows at a time: so few that whoever else asks the server waits some milliseconds at the most. */
const PAGE = 250;
/** What is noted comes before what is done: within this time one may be there without the other. */
const UNDER_WAY_MS = 60_000;

/**
 * Reads the whole chain, page by page, up to its first fault. It yields how many entries it has read.
 * @param heads links published elsewhere that it must hold
 * @returns the newest proven entry, the fault if there is one, and where a backup was brought back over a head
 */
export async function* examineChain(
  queries: Pick<Queries, "following">,
  heads: Link[],
  signal?: AbortSignal,
): AsyncGenerator<number, Link & { fault: AuditFault | null; restored: ChainReader["restored"] }> {
  const reader = new ChainReader(heads);
  for (let after = Number.MIN_SAFE_INTEGER, read = 0; ;) {
    signal?.throwIfAborted();
    const rows = await queries.following(after, PAGE);
    for (const row of rows) {
      const fault = reader.take(row);
      if (fault) return { ...reader.last, fault, restored: reader.restored };
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE)
      return { ...reader.last, fault: reader.end(), restored: reader.restored };
    after = last.n;
    yield (read += rows.length);
    await turn();
  }
}

/** What is known of the recordings' files: how many the chain proves, how many are older than it, which are wrong. */
export type ExaminedRecordings = { proven: number; older: number; wrong: number; faults: RecordingFault[] };

/**
 * Compares the recordings that the database has with what the chain says of their files: stored and transcoded with a
 * digest, erased with none.
 * @param most faults that are listed; all are counted
 */
export async function examineRecordings(
  queries: Pick<Queries, "recordings" | "files" | "stored" | "recorded" | "following">,
  now: Date,
  most: number,
  signal?: AbortSignal,
): Promise<ExaminedRecordings> {
  const found: ExaminedRecordings = { proven: 0, older: 0, wrong: 0, faults: [] };
  const wrong = (callId: string, kind: RecordingFault["kind"]): void => {
    found.wrong++;
    if (found.faults.length < most) found.faults.push({ callId, kind });
  };
  const [first] = await queries.following(Number.MIN_SAFE_INTEGER, 1);
  const begun = first?.at ?? now;
  const underWay = (at: Date) => now.getTime() - at.getTime() < UNDER_WAY_MS;

  for (let after = ""; ;) {
    signal?.throwIfAborted();
    const rows = await queries.recordings(after, PAGE);
    const known = await lastOf(
      queries,
      rows.map(({ callId }) => callId),
    );
    for (const { callId, sha256, storedAt } of rows) {
      const entry = known.get(callId);
      if (!entry && storedAt < begun) found.older++;
      else if (!entry) wrong(callId, "unnoted");
      else if (entry.digest === sha256 && entry.action !== "recording_erased") found.proven++;
      else if (!underWay(entry.at)) wrong(callId, entry.action === "recording_erased" ? "erased" : "altered");
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    after = last.callId;
    await turn();
  }

  const gone = new Set<string>();
  for (let after = 0; ;) {
    signal?.throwIfAborted();
    const rows = await queries.stored(after, PAGE);
    const callIds = [...new Set(rows.map(({ callId }) => callId))];
    const here = callIds.length === 0 ? new Map() : await queries.recorded(callIds);
    const absent = callIds.filter((callId) => !here.has(callId) && !gone.has(callId));
    for (const [callId, entry] of await lastOf(queries, absent)) {
      if (entry.action === "recording_erased" || underWay(entry.at)) continue;
      gone.add(callId);
      wrong(callId, "vanished");
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return found;
    after = last.n;
    await turn();
  }
}

type FileEntry = Awaited<ReturnType<Queries["files"]>>[number];

/** The newest entry of each call's file. */
export async function lastOf(
  queries: Pick<Queries, "files">,
  callIds: string[],
): Promise<Map<string, FileEntry>> {
  if (callIds.length === 0) return new Map();
  return new Map((await queries.files(callIds)).map((entry) => [entry.callId, entry]));
}
