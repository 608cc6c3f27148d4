import type { z } from "zod";
import {
  auditChecked,
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
import { headFile, lostHeadFile, readHead, type Head } from "./head.ts";
import { auditQueries } from "./queries.ts";

export type AuditReading = ReturnType<typeof createAuditReading>;

const MOST_LISTENERS = 200;
const MOST_FAULTS = 20;

/** Where the names of what an entry is about stand; the other kinds have none. */
const NAMED_IN: Partial<Record<AuditSubject, "users" | "teams" | "contacts" | "calls">> = {
  user: "users",
  team: "teams",
  contact: "contacts",
  call: "calls",
  recording: "calls",
};

/** What was noted, for those who may read it, and whether it is still what was noted. */
export function createAuditReading(
  { store, clock, config }: Pick<Deps, "store" | "clock" | "config">,
  { audit }: { audit: Pick<Audit, "head"> },
) {
  const queries = auditQueries(store);

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

    /** Reads the whole chain while others go on working, and keeps what was found. The last event is `checked`. */
    async *check(actor: Actor, signal: AbortSignal): AsyncGenerator<AuditCheckEvent> {
      const heads = await publishedHeads(config.DATA_FOLDER).catch(() => []);
      const of = Math.max((await audit.head())?.n ?? 0, ...heads.map(({ n }) => n));
      yield { event: "progress", data: { done: 0, of } };
      const reading = examineChain(queries, heads, signal);
      let step = await reading.next();
      for (; !step.done; step = await reading.next())
        yield { event: "progress", data: { done: step.value, of } };
      const recordings = await examineRecordings(queries, clock(), MOST_FAULTS, signal);
      const checked = { at: clock().toISOString(), ...step.value, recordings };
      await queries.keepChecked(checked, actor.userId, clock());
      yield { event: "checked", data: checked };
    },
  };
}

/** The head that was published last, and one that the chain lost. @throws where a file is not one */
export async function publishedHeads(folder: string): Promise<Head[]> {
  const found = await Promise.all([readHead(headFile(folder)), readHead(lostHeadFile(folder))]);
  return found.filter((head) => head !== null);
}
