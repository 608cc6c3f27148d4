import { and, asc, desc, eq, gt, gte, inArray, lt, lte, sql } from "drizzle-orm";
import type { AuditAction } from "#contract";
import { setting } from "../db/setting.ts";
import type { Store } from "../db/store.ts";
import type { Tables } from "../db/schema.ts";

export type AuditEntryRow = Tables["auditEntries"]["$inferSelect"];
/** Instants of days, the second not included. */
export type AuditSpan = {
  who?: string | undefined;
  what?: AuditAction | undefined;
  subject?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};

/** What tells which file a call's recording is. */
const STORING = ["recording_stored", "recording_transcoded"] as const;
const OF_FILES = [...STORING, "recording_erased"] as const;
const HEARING = ["recording_listened", "recording_downloaded"] as const;
/** By so much two nodes' clocks may differ, so that entries of a day stand between others by number. */
const CLOCKS_MS = 3_600_000;

/** What the audit asks of the database. Entries are added and read, nothing else. */
export function auditQueries(store: Store) {
  const { db } = store;
  const { auditEntries, users, apiKeys, teams, contacts, calls, recordings, settings } = store.tables;
  /** The number of the entry nearest to an instant, found by the index of times. */
  const nearest = (when: ReturnType<typeof gte>, order: ReturnType<typeof asc>) =>
    sql`(${db.select({ n: auditEntries.n }).from(auditEntries).where(when).orderBy(order).limit(1)})`;
  const since = (from: Date) => {
    const early = new Date(from.getTime() - CLOCKS_MS);
    const first = nearest(gte(auditEntries.at, early), asc(auditEntries.at));
    return and(gte(auditEntries.at, from), gte(auditEntries.n, first));
  };
  const until = (to: Date) => {
    const late = new Date(to.getTime() + CLOCKS_MS);
    const last = nearest(lt(auditEntries.at, late), desc(auditEntries.at));
    return and(lt(auditEntries.at, to), lte(auditEntries.n, last));
  };
  const named = async <Row extends { id: string; name: string | null }>(
    ids: string[],
    read: PromiseLike<Row[]>,
  ) => (ids.length === 0 ? [] : read);

  return {
    /** The newest entry; null before the first. */
    head: async (): Promise<AuditEntryRow | null> =>
      (await db.select().from(auditEntries).orderBy(desc(auditEntries.n)).limit(1))[0] ?? null,
    /** All or none. @throws a unique violation where another node has written meanwhile */
    append: (rows: AuditEntryRow[]) => store.together((on) => [on.insert(auditEntries).values(rows)]),

    byNumber: async (n: number): Promise<AuditEntryRow | null> =>
      (await db.select().from(auditEntries).where(eq(auditEntries.n, n)))[0] ?? null,
    /** Whether a backup was brought back over the head with this hash. */
    tellsOf: async (hash: string): Promise<boolean> => {
      const told = and(eq(auditEntries.action, "restored"), eq(auditEntries.digest, hash));
      return (await db.select({ n: auditEntries.n }).from(auditEntries).where(told).limit(1)).length > 0;
    },
    /** In the chain's order, from behind this number on. */
    following: (n: number, limit: number): PromiseLike<AuditEntryRow[]> =>
      db.select().from(auditEntries).where(gt(auditEntries.n, n)).orderBy(asc(auditEntries.n)).limit(limit),

    /** Newest first, below the cursor, with the names of those who acted. */
    page: (
      { who, what, subject, from, to }: AuditSpan,
      below: number | undefined,
      limit: number,
    ): PromiseLike<{ entry: AuditEntryRow; name: string | null; key: string | null }[]> =>
      db
        .select({ entry: auditEntries, name: users.name, key: apiKeys.name })
        .from(auditEntries)
        .leftJoin(users, eq(users.id, auditEntries.actorId))
        .leftJoin(apiKeys, eq(apiKeys.id, auditEntries.actorId))
        .where(
          and(
            who === undefined ? undefined : eq(auditEntries.actorId, who),
            what === undefined ? undefined : eq(auditEntries.action, what),
            subject === undefined ? undefined : eq(auditEntries.subjectId, subject),
            from && since(from),
            to && until(to),
            below === undefined ? undefined : lt(auditEntries.n, below),
          ),
        )
        .orderBy(desc(auditEntries.n))
        .limit(limit),

    /** What things are called now; those that are gone are not among them. */
    names: async (ids: Record<"users" | "teams" | "contacts" | "calls", string[]>) =>
      (
        await Promise.all([
          named(
            ids.users,
            db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids.users)),
          ),
          named(
            ids.teams,
            db.select({ id: teams.id, name: teams.name }).from(teams).where(inArray(teams.id, ids.teams)),
          ),
          named(
            ids.contacts,
            db
              .select({ id: contacts.id, name: contacts.name })
              .from(contacts)
              .where(inArray(contacts.id, ids.contacts)),
          ),
          named(
            ids.calls,
            db
              .select({
                id: calls.id,
                name: sql<string | null>`coalesce(${calls.contactName}, ${calls.contactPhone})`,
              })
              .from(calls)
              .where(inArray(calls.id, ids.calls)),
          ),
        ])
      ).flat(),

    /** Who heard or took a recording, newest first. */
    listeners: (callId: string, limit: number) =>
      db
        .select({ action: auditEntries.action, at: auditEntries.at, name: users.name, key: apiKeys.name })
        .from(auditEntries)
        .leftJoin(users, eq(users.id, auditEntries.actorId))
        .leftJoin(apiKeys, eq(apiKeys.id, auditEntries.actorId))
        .where(and(eq(auditEntries.subjectId, callId), inArray(auditEntries.action, [...HEARING])))
        .orderBy(desc(auditEntries.n))
        .limit(limit),

    /** Recordings by call, from behind this one on, with the digests that the table has. */
    recordings: (after: string, limit: number) =>
      db
        .select({
          callId: recordings.callId,
          file: recordings.file,
          sha256: recordings.sha256,
          storedAt: recordings.storedAt,
          trashedAt: recordings.trashedAt,
        })
        .from(recordings)
        .where(gt(recordings.callId, after))
        .orderBy(asc(recordings.callId))
        .limit(limit),
    /** Those of these calls that are here, by call: where each lies, what it is, and since when. */
    recorded: async (callIds: string[]) => {
      const found = await db
        .select({
          callId: recordings.callId,
          file: recordings.file,
          sha256: recordings.sha256,
          storedAt: recordings.storedAt,
        })
        .from(recordings)
        .where(inArray(recordings.callId, callIds));
      return new Map(found.map(({ callId, ...row }) => [callId, row]));
    },
    /** What the chain says of these calls' files, in its order. */
    files: (callIds: string[]) =>
      db
        .select({
          n: auditEntries.n,
          at: auditEntries.at,
          action: auditEntries.action,
          callId: sql<string>`${auditEntries.subjectId}`,
          digest: auditEntries.digest,
        })
        .from(auditEntries)
        .where(and(inArray(auditEntries.subjectId, callIds), inArray(auditEntries.action, [...OF_FILES])))
        .orderBy(asc(auditEntries.n)),
    /** Entries of files that were stored, from behind this number on. */
    stored: (n: number, limit: number) =>
      db
        .select({ n: auditEntries.n, callId: sql<string>`${auditEntries.subjectId}` })
        .from(auditEntries)
        .where(and(gt(auditEntries.n, n), inArray(auditEntries.action, [...STORING])))
        .orderBy(asc(auditEntries.n))
        .limit(limit),

    /** What the last check found, as it was kept. */
    checked: async (): Promise<unknown> =>
      (await db.select({ value: settings.value }).from(settings).where(eq(settings.name, CHECKED)))[0]?.value,
    keepChecked: (found: unknown, by: string, at: Date) =>
      store.together((on) => [setting(on, store.tables, CHECKED, found, by, at)]),
  };
}

const CHECKED = "audit.checked";
