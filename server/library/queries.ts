import { and, asc, desc, eq, gte, inArray, isNull, lte, sql, type SQL } from "drizzle-orm";
import type { Scope } from "../auth/scope.ts";
import type { Tables } from "../db/schema.ts";
import { bind, rowsOf, statement, type Store } from "../db/store.ts";
import { withinScope } from "../db/within-scope.ts";
import { fitting } from "./finding/queries.ts";
import type { Wanted } from "./matching.ts";

/** Recordings whose calls began in the same millisecond; the ids of `recording_words` leave room for so many. */
const EQUALS = 2048;
/** The last millisecond whose ids are exact in JavaScript, in the year 2109. */
const LAST_MS = Math.floor(Number.MAX_SAFE_INTEGER / EQUALS) - 1;
/** Ids of a day. */
const A_DAY = 86_400_000 * EQUALS;
/** The first id of an instant. */
export const idAt = (instant: Date): number => Math.min(LAST_MS, Math.max(0, instant.getTime())) * EQUALS;

export type WordsRow = Omit<Tables["recordingWords"]["$inferInsert"], "id"> & { startedAt: Date };
export type Found = { id: number; callId: string };
export type LibraryRow = Awaited<ReturnType<ReturnType<typeof libraryQueries>["rows"]>>[number];
type Amounts = { count: number; seconds: number; bytes: number };

/** Not in the trash: SQLite would look through the index of what is not, which is nearly all. */
export const notTrashed = ({ trashedAt }: Tables["recordings"]): SQL => sql`(${trashedAt} is null) = true`;

/** What the library asks of the database. */
export function libraryQueries(store: Store) {
  const { db } = store;
  const { recordings, calls, users, teams, sites, transcriptLines } = store.tables;
  const { recordingWords: words, recordingMonths: months, recordingMarks, clips } = store.tables;
  const within = (scope: Scope) =>
    withinScope(scope, {
      // of few calls that are known: SQLite would look through all that the agent or the team ever had
      agent: sql`${calls.agentId} || ''`,
      team: sql`${calls.teamId} || ''`,
      site: calls.siteId,
    });
  const findable = statement("findable", (on) =>
    on
      .select({ id: words.id })
      .from(words)
      .where(eq(words.callId, sql.placeholder("callId"))),
  );
  /** A parameter that is compared with ids: SQLite would take a big number for a fraction. */
  const asId = (id: number): SQL => sql`cast(${id} as bigint)`;

  return {
    /** Makes recordings findable or changes how they are found; triggers count them in `recording_months`. */
    put: (rows: WordsRow[]) =>
      store.together((on) =>
        rows.map(({ startedAt, ...row }) => {
          const first = idAt(startedAt);
          const id = sql<number>`(select coalesce(max(id), ${asId(first - 1)}) + 1 from recording_words
            where id >= ${asId(first)} and id < ${asId(first + EQUALS)})`;
          return on
            .insert(words)
            .values({ ...row, id })
            .onConflictDoUpdate({ target: words.callId, set: row });
        }),
      ),
    takeOut: (callId: string) => store.together((on) => [on.delete(words).where(eq(words.callId, callId))]),

    /** The newest and the oldest id; null where there is none. */
    ends: async (): Promise<{ newest: number; oldest: number } | null> => {
      const [row] = await db
        .select({
          newest: sql<number | null>`max(${words.id})`.mapWith(Number),
          oldest: sql<number | null>`(select min(id) from recording_words)`.mapWith(Number),
        })
        .from(words);
      return row && row.newest !== null && row.oldest !== null
        ? { newest: row.newest, oldest: row.oldest }
        : null;
    },
    /** Newest first, of those from one id to another. */
    find: async (wanted: Wanted, from: number, to: number, limit: number): Promise<Found[]> => {
      const indexed = store.dialect === "sqlite" && wanted.all.length > 0;
      const id = indexed ? sql<number>`recording_index.rowid` : sql<number>`recording_words.id`;
      const source = indexed
        ? sql`recording_index cross join recording_words on recording_words.id = recording_index.rowid`
        : sql`recording_words`;
      return db
        .select({ id: id.mapWith(Number), callId: sql<string>`recording_words.call_id` })
        .from(source)
        .where(
          and(fitting(store, wanted, (to - from) / A_DAY), sql`${id} between ${asId(from)} and ${asId(to)}`),
        )
        .orderBy(sql`${id} desc`)
        .limit(limit);
    },
    /** Of these, newest first, with how many marks there are; without those in the trash. */
    rows: (scope: Scope, callIds: string[]) =>
      db
        .select({
          recording: {
            callId: recordings.callId,
            agentId: recordings.agentId,
            startedAt: recordings.startedAt,
            durationSeconds: recordings.durationSeconds,
            bytes: recordings.bytes,
            channels: recordings.channels,
            file: recordings.file,
            gaps: recordings.gaps,
            glance: recordings.glance,
            format: recordings.format,
            heldAt: recordings.heldAt,
          },
          call: {
            contactName: calls.contactName,
            contactPhone: calls.contactPhone,
            campaign: calls.campaign,
            disposition: calls.disposition,
            sold: calls.sold,
            contacted: calls.contacted,
            aiAsks: calls.aiAsks,
            consent: calls.consent,
          },
          agentName: users.name,
          marks:
            sql<number>`(select count(*) from recording_marks where recording_marks.call_id = ${recordings.callId})`.mapWith(
              Number,
            ),
        })
        .from(recordings)
        .innerJoin(calls, eq(calls.id, recordings.callId))
        .innerJoin(users, eq(users.id, calls.agentId))
        .where(and(inArray(recordings.callId, callIds), notTrashed(recordings), within(scope))),
    people: () => db.select({ id: users.id, name: users.name }).from(users),

    /** What the words of these recordings are made of; those in the trash and absent ones are left out. */
    findable: async (callIds: string[]) => {
      const rows = await db
        .select({
          recording: {
            callId: recordings.callId,
            file: recordings.file,
            seconds: recordings.durationSeconds,
            bytes: recordings.bytes,
            startedAt: recordings.startedAt,
          },
          call: {
            agentId: calls.agentId,
            teamId: calls.teamId,
            siteId: calls.siteId,
            disposition: calls.disposition,
            campaign: calls.campaign,
            contactName: calls.contactName,
            contactPhone: calls.contactPhone,
            notes: calls.notes,
            aiAsks: calls.aiAsks,
          },
          timeZone: sites.timeZone,
          marks:
            sql<number>`(select count(*) from recording_marks where recording_marks.call_id = ${recordings.callId})`.mapWith(
              Number,
            ),
        })
        .from(recordings)
        .innerJoin(calls, eq(calls.id, recordings.callId))
        .leftJoin(sites, eq(sites.id, calls.siteId))
        .where(and(inArray(recordings.callId, callIds), notTrashed(recordings)));
      const lines = await db
        .select({ callId: transcriptLines.callId, text: transcriptLines.searchText })
        .from(transcriptLines)
        .where(inArray(transcriptLines.callId, callIds))
        .orderBy(asc(transcriptLines.callId), asc(transcriptLines.n));
      const said = Map.groupBy(lines, ({ callId }) => callId);
      return rows.map((row) => ({
        ...row,
        said: (said.get(row.recording.callId) ?? []).map(({ text }) => text),
      }));
    },
    /** Whether it can be found. */
    isFindable: async (callId: string): Promise<boolean> =>
      (await store.rows(bind(findable, { callId }))).length > 0,
    /** How many recordings there are to find. */
    stored: async (): Promise<number> =>
      (
        await db
          .select({ n: sql<number>`count(*)`.mapWith(Number) })
          .from(recordings)
          .where(isNull(recordings.trashedAt))
      )[0]?.n ?? 0,
    /** How many can be found. */
    findableCount: async (): Promise<number> =>
      (await db.select({ n: sql<number>`coalesce(sum(${months.count}), 0)`.mapWith(Number) }).from(months))[0]
        ?.n ?? 0,
    /** Recordings that cannot be found yet, the newest first, from an instant back. */
    unfindable: (until: Date | null, limit: number) =>
      db
        .select({ callId: recordings.callId, startedAt: recordings.startedAt })
        .from(recordings)
        .leftJoin(words, eq(words.callId, recordings.callId))
        .where(
          and(isNull(words.id), notTrashed(recordings), until ? lte(recordings.startedAt, until) : undefined),
        )
        .orderBy(desc(recordings.startedAt))
        .limit(limit),

    /** How many there are of a scope, by agent and by month; the scope is that of the agents today. */
    stats: async (scope: Scope, from: string | undefined, to: string | undefined) => {
      const sums = {
        count: sql<number>`sum(${months.count})`.mapWith(Number),
        seconds: sql<number>`sum(${months.seconds})`.mapWith(Number),
        bytes: sql<number>`sum(${months.bytes})`.mapWith(Number),
      };
      const where = and(
        withinScope(scope, { agent: users.id, team: users.teamId, site: teams.siteId }),
        from === undefined ? undefined : gte(months.month, from),
        to === undefined ? undefined : lte(months.month, to),
      );
      const some = sql`sum(${months.count}) > 0`;
      const agents: ({ agentId: string; agentName: string } & Amounts)[] = await db
        .select({ agentId: users.id, agentName: users.name, ...sums })
        .from(months)
        .innerJoin(users, eq(users.id, months.agentId))
        .innerJoin(teams, eq(teams.id, users.teamId))
        .where(where)
        .groupBy(users.id, users.name)
        .having(some)
        .orderBy(asc(users.name), asc(users.id));
      const byMonth: ({ month: string } & Amounts)[] = await db
        .select({ month: months.month, ...sums })
        .from(months)
        .innerJoin(users, eq(users.id, months.agentId))
        .innerJoin(teams, eq(teams.id, users.teamId))
        .where(where)
        .groupBy(months.month)
        .having(some)
        .orderBy(desc(months.month));
      return { agents, months: byMonth };
    },

    /** Everything that the library holds of these calls; gives the files of their clips. */
    forget: async (callIds: string[]): Promise<string[]> => {
      const results = await store.together((on) => [
        on.delete(clips).where(inArray(clips.callId, callIds)).returning({ file: clips.file }),
        on.delete(words).where(inArray(words.callId, callIds)),
        on.delete(recordingMarks).where(inArray(recordingMarks.callId, callIds)),
      ]);
      return rowsOf<{ file: string }>(results[0]).map(({ file }) => file);
    },
  };
}
