import type { z } from "zod";
import {
  completenessOf,
  type LibraryFilter,
  type Page,
  type Recording,
  type recordingFilter,
  type RecordingStats,
  type recordingStatsQuery,
} from "#contract";
import { scopeOf, type Scope } from "../auth/scope.ts";
import { inTurn } from "../db/in-turn.ts";
import { remembered } from "../db/remember.ts";
import { addDays, dayOf, startOfDay } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import { outcomeOf, type Dispositions, type Named } from "../dispositions/dispositions.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { findableWords, wordsOf } from "./words.ts";
import { wantedOf } from "./matching.ts";
import { idAt, libraryQueries, type LibraryRow, type WordsRow } from "./queries.ts";
import { walking, type Patience } from "./walking.ts";

export type Library = ReturnType<typeof createLibrary>;

/** Recordings that are made findable together after an update of this program. */
const BATCH = 100;

/** Finding recordings. */
export function createLibrary(
  { store, config, log, bus }: Pick<Deps, "store" | "config" | "log" | "bus">,
  { dispositions }: { dispositions: Pick<Dispositions, "named"> },
  patience?: Patience,
) {
  const queries = libraryQueries(store);
  const walk = walking(queries, patience);
  const rewording = inTurn();
  const running = new Set<Promise<unknown>>();
  const names = remembered(async () =>
    (await queries.people()).map(({ id, name }) => ({ id, words: wordsOf(name) })),
  );
  const stopping = new AbortController();
  let filling: Promise<void> = Promise.resolve();

  const agentsNamed = async (word: string, whole: boolean): Promise<string[]> =>
    (await names.get())
      .filter(({ words }) => words.some((one) => (whole ? one === word : one.startsWith(word))))
      .map(({ id }) => id);

  async function wordsRows(callIds: string[]): Promise<WordsRow[]> {
    return (await queries.findable(callIds)).map(({ recording, call, timeZone, marks, said }) => ({
      callId: recording.callId,
      agentId: call.agentId,
      month: dayOf(recording.startedAt, timeZone ?? config.TIME_ZONE).slice(0, 7),
      seconds: recording.seconds,
      bytes: recording.bytes,
      startedAt: recording.startedAt,
      words: findableWords({ ...call, ...recording, marked: marks > 0, said }),
    }));
  }

  async function reword(callId: string): Promise<void> {
    const [row] = await wordsRows([callId]);
    if (row) await queries.put([row]);
    else if (await queries.isFindable(callId)) await queries.takeOut(callId);
  }

  async function fill(): Promise<void> {
    if ((await queries.stored()) === (await queries.findableCount())) return;
    let until: Date | null = null;
    let made = 0;
    do {
      const some = await queries.unfindable(until, BATCH);
      await queries.put(await wordsRows(some.map(({ callId }) => callId)));
      made += some.length;
      until = some.at(-1)?.startedAt ?? null;
      await new Promise((resolve) => setImmediate(resolve));
    } while (until !== null && !stopping.signal.aborted);
    log.info("recordings made findable", { count: made });
  }

  const unsubscribe = bus.subscribe((hint) => {
    // of a call that begins nothing is recorded yet
    if (hint.kind !== "call" || hint.began) return;
    const work = rewording(hint.callId, async () => {
      if (await queries.isFindable(hint.callId)) await reword(hint.callId);
    })
      .catch((cause: unknown) => log.error("recording not found by its new words", {}, cause))
      .finally(() => running.delete(work));
    running.add(work);
  });

  /** What is being written about recordings is written. */
  const settled = async (): Promise<void> => void (await Promise.all(running));

  const shown = async (scope: Scope, callIds: string[]): Promise<Recording[]> => {
    if (callIds.length === 0) return [];
    const named = await dispositions.named();
    const rows = new Map((await queries.rows(scope, callIds)).map((row) => [row.recording.callId, row]));
    return callIds.flatMap((callId) => {
      const row = rows.get(callId);
      return row ? [toRecording(row, named)] : [];
    });
  };

  /** A page of what a filter finds in a scope. Days are those of `timeZone`. */
  async function page(
    scope: Scope,
    filter: LibraryFilter,
    timeZone: string,
    { after, limit }: { after?: string | undefined; limit: number },
  ): Promise<Page<Recording>> {
    await settled();
    const wanted = await wantedOf(scope, filter, agentsNamed);
    if (!wanted) return { items: [], next: null };
    const { from, to } = filter;
    const { found, next } = await walk(wanted, {
      from: from === undefined ? 0 : idAt(startOfDay(from, timeZone)),
      to: to === undefined ? Infinity : idAt(startOfDay(addDays(to, 1), timeZone)) - 1,
      after: /^\d{1,16}$/.test(after ?? "") ? Number(after) : null,
      limit,
    });
    const items = await shown(
      scope,
      found.map(({ callId }) => callId),
    );
    return { items, next: next === null ? null : String(next) };
  }

  async function visible(scope: Scope, callId: string): Promise<Recording> {
    const [recording] = await shown(scope, [callId]);
    if (!recording) throw new AppError("not_found");
    return recording;
  }

  return {
    /** Newest first. Days are those of `timeZone`. */
    list(actor: Actor, query: z.output<typeof recordingFilter>, timeZone: string): Promise<Page<Recording>> {
      const { after, limit, ...filter } = query;
      return page(scopeOf(actor), filter, timeZone, { after, limit });
    },

    /** All that a filter finds, newest first, for a ZIP or an export. */
    async *all(actor: Actor, filter: LibraryFilter, timeZone: string): AsyncGenerator<Recording> {
      let after: string | undefined;
      for (;;) {
        const { items, next }: Page<Recording> = await page(scopeOf(actor), filter, timeZone, {
          after,
          limit: 200,
        });
        yield* items;
        if (next === null) return;
        after = next;
      }
    },

    /** Of these, those that one may see. */
    some: (actor: Actor, callIds: string[]): Promise<Recording[]> => shown(scopeOf(actor), callIds),

    /** @throws not_found */
    one: (actor: Actor, callId: string): Promise<Recording> => visible(scopeOf(actor), callId),

    /** For another room: the recording. @throws not_found */
    visible,

    async stats(actor: Actor, { from, to }: z.output<typeof recordingStatsQuery>): Promise<RecordingStats> {
      const { agents, months } = await queries.stats(scopeOf(actor), from, to);
      const sum = (of: "count" | "seconds" | "bytes") => months.reduce((all, month) => all + month[of], 0);
      return { count: sum("count"), seconds: sum("seconds"), bytes: sum("bytes"), agents, months };
    },

    /**
     * For other rooms: how it is found and what it counts for, made anew from what is stored. To be called whenever a
     * recording, its marks or its transcript change, and when it goes to the trash or comes back.
     */
    reword: (callId: string): Promise<void> => rewording(callId, () => reword(callId)),

    settled,

    /**
     * For erasing a person: words and marks of these calls go, and their clips; the files of those are for the caller
     * to remove.
     */
    forget: queries.forget,

    /** Makes recordings findable that are not yet; resolves at once. */
    start(): void {
      filling = fill().catch((cause: unknown) => log.error("recordings not made findable", {}, cause));
    },
    /** Resolves once `start` has found nothing more to do. */
    filled: (): Promise<void> => filling,
    async stop(): Promise<void> {
      stopping.abort();
      unsubscribe();
      await Promise.all([filling, settled()]);
    },
  };
}

function toRecording({ recording, call, agentName, marks }: LibraryRow, named: Named): Recording {
  return {
    callId: recording.callId,
    agentId: recording.agentId,
    agentName,
    contact: { name: call.contactName, phone: call.contactPhone },
    startedAt: recording.startedAt.toISOString(),
    durationSeconds: recording.durationSeconds,
    bytes: recording.bytes,
    channels: recording.channels,
    file: recording.file,
    disposition: call.disposition,
    ...outcomeOf(call, named),
    campaign: call.campaign,
    aiAsks: call.aiAsks,
    marks,
    held: recording.heldAt !== null,
    format: recording.format,
    consent: call.consent,
    completeness: completenessOf(recording.durationSeconds, recording.channels, recording.gaps),
    glance: recording.glance,
  };
}
