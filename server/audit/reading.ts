import { setTimeout as wait } from "node:timers/promises";
import type { z } from "zod";
import {
  auditChecked,
  type AuditChecked,
  type AuditCheckEvent,
  type AuditEntry,
  type auditFilter,
  type AuditState,
  type AuditSubject,
  type Listener,
  type Page,
} from "#contract";
import { addDays, startOfDay } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import type { Actor } from "../http/context.ts";
import type { Audit } from "./audit.ts";
import { examineChain, examineRecordings } from "./examine.ts";
import type { Link } from "./chain.ts";
import { headFiles, readHead } from "./head.ts";
import { auditQueries } from "./queries.ts";

export type AuditReading = ReturnType<typeof createAuditReading>;

const MOST_LISTENERS = 200;
const MOST_FAULTS = 20;
/** How often whoever waits for a check hears of it. */
const TELL_MS = 250;

/** Where the names of what an entry is about stand; the other kinds have none. */
const NAMED_IN: Partial<Record<AuditSubject, "users" | "teams" | "contacts" | "calls">> = {
  user: "users",
  team: "teams",
  contact: "contacts",
  call: "calls",
  recording: "calls",
};

/** A check on its way: entries read, entries there are, and what it found; null where it failed. */
type Running = { done: number; of: number; found: Promise<AuditChecked | null> };

/** What was noted, for those who may read it, and whether it is still what was noted. */
export function createAuditReading(
  { store, clock, config, log }: Pick<Deps, "store" | "clock" | "config" | "log">,
  { audit }: { audit: Pick<Audit, "head"> },
) {
  const queries = auditQueries(store);
  const stopping = new AbortController();
  let running: Running | null = null;

  /** What each subject of these entries is called now. */
  async function namesOf(subjects: { kind: AuditSubject | null; id: string | null }[]) {
    const ids: Record<"users" | "teams" | "contacts" | "calls", string[]> = {
      users: [],
      teams: [],
      contacts: [],
      calls: [],
    };
    for (const { kind, id } of subjects) {
      const place = kind && NAMED_IN[kind];
      if (place && id !== null) ids[place].push(id);
    }
    const found = await queries.names(ids);
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  async function examine(actor: Actor, telling: Pick<Running, "done" | "of">): Promise<AuditChecked> {
    const heads = await publishedHeads(config.DATA_FOLDER);
    telling.of = Math.max((await audit.head())?.n ?? 0, ...heads.map(({ n }) => n));
    const reading = examineChain(queries, heads, stopping.signal);
    let step = await reading.next();
    for (; !step.done; step = await reading.next()) telling.done = step.value;
    const { n, hash, fault } = step.value;
    const recordings = await examineRecordings(queries, clock(), MOST_FAULTS, stopping.signal);
    const checked = { at: clock().toISOString(), n, hash, fault, recordings };
    await queries.keepChecked(checked, actor.userId, clock());
    return checked;
  }

  function begin(actor: Actor): Running {
    const mine: Running = { done: 0, of: 0, found: Promise.resolve(null) };
    mine.found = examine(actor, mine)
      .catch((cause: unknown) => {
        if (!stopping.signal.aborted) log.error("the audit's check failed", {}, cause);
        return null;
      })
      .finally(() => (running = null));
    return mine;
  }

  return {
    /** Newest first. Days are those of `timeZone`. */
    async list(filter: z.output<typeof auditFilter>, timeZone: string): Promise<Page<AuditEntry>> {
      const { after, limit, from, to, ...rest } = filter;
      const span = {
        ...rest,
        from: from === undefined ? undefined : startOfDay(from, timeZone),
        to: to === undefined ? undefined : startOfDay(addDays(to, 1), timeZone),
      };
      const rows = await queries.page(span, after, limit);
      const names = await namesOf(
        rows.map(({ entry }) => ({ kind: entry.subjectKind, id: entry.subjectId })),
      );
      const items = rows.map(({ entry, name, key }): AuditEntry => {
        const { n, action, actorKind, actorId, subjectKind: kind, subjectId: id, digest, address } = entry;
        return {
          n,
          at: entry.at.toISOString(),
          action,
          by: { kind: actorKind, id: actorId, name: name ?? key },
          subject: kind === null || id === null ? null : { kind, id, name: names.get(id) || null },
          digest,
          address,
        };
      });
      return { items, next: items.length === limit ? String(items.at(-1)?.n ?? "") || null : null };
    },

    /** Who heard a recording or took it. The caller has seen to it that the reader may see the recording. */
    listeners: async (callId: string): Promise<Listener[]> =>
      (await queries.listeners(callId, MOST_LISTENERS)).map(({ action, at, name, key }) => ({
        name: name ?? key,
        kind: action === "recording_downloaded" ? "downloaded" : "listened",
        at: at.toISOString(),
      })),

    async state(): Promise<AuditState> {
      const kept = (await queries.checked()) as { is?: unknown } | undefined;
      return { head: await audit.head(), checked: auditChecked.safeParse(kept?.is).data ?? null };
    },

    /**
     * Reads the whole chain while others go on working, and keeps what was found. One check at a time: whoever asks
     * meanwhile follows it, and it goes on where they leave. The last event is `checked`, unless it failed.
     */
    async *check(actor: Actor, signal: AbortSignal): AsyncGenerator<AuditCheckEvent> {
      const mine = (running ??= begin(actor));
      for (let checked: AuditChecked | null | undefined; checked === undefined && !signal.aborted;) {
        yield { event: "progress", data: { done: mine.done, of: mine.of } };
        checked = await Promise.race([mine.found, wait(TELL_MS, undefined)]);
        if (checked) yield { event: "checked", data: checked };
      }
    },

    /** Leaves a check that runs. */
    async stop(): Promise<void> {
      stopping.abort();
      await running?.found;
    },
  };
}

/** All heads that lie there. @throws where a file is not one: without it nobody could say that nothing is missing */
async function publishedHeads(folder: string): Promise<Link[]> {
  const found = await Promise.all((await headFiles(folder)).map(readHead));
  return found.filter((head) => head !== null);
}
