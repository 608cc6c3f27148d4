import { and, asc, count, eq, gte, isNull, lt, sql, type AnyColumn, type SQL } from "drizzle-orm";
import { spanned, type CallSpan, type PlacedSpan } from "../db/call-span.ts";
import { preparing, type Database, type Query, type Store } from "../db/store.ts";
import { withinScope, type Scope } from "../db/within-scope.ts";

/** What one agent did in one team; rows are read a group at a time, by the agent's index. */
export type Group = {
  team: string | null;
  teamId: string | null;
  agentId: string;
  agent: string;
};
export type Key = { at: Date; id: string };

/** One for each connection, which keeps what it has prepared. */
const known = new WeakMap<Store, ExportQueries>();
export type ExportQueries = ReturnType<typeof queriesOf>;

/** What exports ask of the database: first what there is, then pages of it after a key. */
export function exportQueries(store: Store): ExportQueries {
  const queries = known.get(store) ?? queriesOf(store);
  known.set(store, queries);
  return queries;
}

function queriesOf(store: Store) {
  const { db } = store;
  const { calls, users, teams, recordings, asks, playbookCards } = store.tables;
  const run = preparing(store);
  const itsRecording = and(eq(recordings.callId, calls.id), isNull(recordings.trashedAt));
  const ofCalls = (scope: Scope, span: CallSpan) =>
    and(
      withinScope(scope, { agent: calls.agentId, team: calls.teamId, site: calls.siteId }),
      ...spanned(calls, span),
    );
  const ofAsks = ({ from, to, agent, ...ofCall }: CallSpan | PlacedSpan) => [
    from && gte(asks.askedAt, from),
    to && lt(asks.askedAt, to),
    agent === undefined ? undefined : eq(asks.agentId, agent),
    ...spanned(calls, ofCall),
  ];

  const asked = (scope: Scope, span: CallSpan) =>
    and(withinScope(scope, { agent: asks.agentId, team: users.teamId, site: teams.siteId }), ...ofAsks(span));

  // groups are not counted one by one: SQLite would sort all calls for that
  const group = { teamId: calls.teamId, agentId: calls.agentId };
  const groupsOfCalls = (where: SQL | undefined) =>
    db.selectDistinct(group).from(calls).where(where).as("worked");
  const groupsOfRecordings = (where: SQL | undefined) =>
    db.selectDistinct(group).from(recordings).innerJoin(calls, itsRecording).where(where).as("worked");
  /** Names are looked up for each group, not for each of its rows. */
  const named = (worked: ReturnType<typeof groupsOfCalls>): Promise<Group[]> =>
    db
      .select({ team: teams.name, teamId: worked.teamId, agentId: users.id, agent: users.name })
      .from(worked)
      .innerJoin(users, eq(users.id, worked.agentId))
      .leftJoin(teams, eq(teams.id, worked.teamId))
      .orderBy(asc(teams.name), asc(users.name), asc(users.id));
  const counted = async (query: PromiseLike<{ rows: number }[]>): Promise<number> =>
    (await query)[0]?.rows ?? 0;

  const instant = (name: string) => sql`${sql.param(sql.placeholder(name), calls.startedAt)}`;
  /** Reads a group's page after a key, by a query that is built and prepared once for each set of filters. */
  const paged =
    <Row>(name: string, build: (db: Database, places: PlacedSpan) => Query<Row>) =>
    ({ agentId, teamId }: Group, { from, to, ...more }: CallSpan, key: Key | null, limit: number) => {
      const filters = Object.entries({ ...more, agent: agentId }).filter(([, value]) => value !== undefined);
      const places: PlacedSpan = {
        ...Object.fromEntries(filters.map(([filter]) => [filter, sql.placeholder(filter)])),
        from: instant("at"),
        to: to && instant("to"),
      };
      const form = [name, to ? "to" : "ever", ...filters.map(([filter]) => filter)].join("_");
      const { at, id } = key ?? { at: from ?? new Date(0), id: "" };
      const values = { ...Object.fromEntries(filters), teamId, at, id, to, limit };
      return run(`export_${form}`, (db) => build(db, places), values);
    };
  const afterKey = (at: AnyColumn, id: AnyColumn) =>
    sql`(${at}, ${id}) > (${instant("at")}, ${sql.placeholder("id")})`;
  const ofGroup = (places: PlacedSpan) =>
    and(
      ...spanned(calls, places),
      // by agent, because the team's index has calls by when they were counted
      sql`${calls.teamId} || '' = ${sql.placeholder("teamId")}`,
      afterKey(calls.startedAt, calls.id),
    );

  return {
    callGroups: (scope: Scope, span: CallSpan) => named(groupsOfCalls(ofCalls(scope, span))),
    callCount: (scope: Scope, span: CallSpan) =>
      counted(db.select({ rows: count() }).from(calls).where(ofCalls(scope, span))),
    callRows: paged("calls", (db, places) =>
      db
        .select({
          id: calls.id,
          at: calls.startedAt,
          endedAt: calls.endedAt,
          contactName: calls.contactName,
          contactPhone: calls.contactPhone,
          direction: calls.direction,
          outcome: calls.outcome,
          disposition: calls.disposition,
          talkSeconds: calls.talkSeconds,
          holdSeconds: calls.holdSeconds,
          wrapUpSeconds: calls.wrapUpSeconds,
          saleAmount: calls.saleAmount,
          aiAsks: calls.aiAsks,
          campaign: calls.campaign,
          notes: calls.notes,
          recorded: recordings.callId,
        })
        .from(calls)
        .leftJoin(recordings, itsRecording)
        .where(ofGroup(places))
        .orderBy(asc(calls.startedAt), asc(calls.id))
        .limit(sql.placeholder("limit")),
    ),

    recordingGroups: (scope: Scope, span: CallSpan) => named(groupsOfRecordings(ofCalls(scope, span))),
    recordingCount: (scope: Scope, span: CallSpan) =>
      counted(
        db
          .select({ rows: count() })
          .from(recordings)
          .innerJoin(calls, itsRecording)
          .where(ofCalls(scope, span)),
      ),
    recordingRows: paged("recordings", (db, places) =>
      db
        .select({
          id: calls.id,
          at: calls.startedAt,
          contactName: calls.contactName,
          contactPhone: calls.contactPhone,
          campaign: calls.campaign,
          disposition: calls.disposition,
          aiAsks: calls.aiAsks,
          durationSeconds: recordings.durationSeconds,
          bytes: recordings.bytes,
          channels: recordings.channels,
          format: recordings.format,
          heldAt: recordings.heldAt,
          file: recordings.file,
          sha256: recordings.sha256,
        })
        .from(calls)
        .innerJoin(recordings, itsRecording)
        .where(ofGroup(places))
        .orderBy(asc(calls.startedAt), asc(calls.id))
        .limit(sql.placeholder("limit")),
    ),

    askGroups: (scope: Scope, span: CallSpan): Promise<Group[]> =>
      db
        .selectDistinct({ team: teams.name, teamId: users.teamId, agentId: users.id, agent: users.name })
        .from(asks)
        .innerJoin(users, eq(users.id, asks.agentId))
        .innerJoin(teams, eq(teams.id, users.teamId))
        .leftJoin(calls, eq(calls.id, asks.callId))
        .where(asked(scope, span))
        .orderBy(asc(teams.name), asc(users.name), asc(users.id)),
    askCount: (scope: Scope, span: CallSpan) =>
      counted(
        db
          .select({ rows: count() })
          .from(asks)
          .innerJoin(users, eq(users.id, asks.agentId))
          .innerJoin(teams, eq(teams.id, users.teamId))
          .leftJoin(calls, eq(calls.id, asks.callId))
          .where(asked(scope, span)),
      ),
    askRows: paged("asks", (db, places) =>
      db
        .select({
          id: asks.id,
          at: asks.askedAt,
          cardId: asks.cardId,
          cardVersion: asks.cardVersion,
          model: asks.model,
          heldOut: asks.heldOut,
          shownMs: asks.shownMs,
          firstTokenMs: asks.firstTokenMs,
          totalMs: asks.totalMs,
          outcome: asks.outcome,
          copied: asks.copied,
          thumbs: asks.thumbs,
          dismissed: asks.dismissed,
          callId: asks.callId,
          callStartedAt: calls.startedAt,
          campaign: calls.campaign,
        })
        .from(asks)
        .leftJoin(calls, eq(calls.id, asks.callId))
        .where(and(...ofAsks(places), afterKey(asks.askedAt, asks.id)))
        .orderBy(asc(asks.askedAt), asc(asks.id))
        .limit(sql.placeholder("limit")),
    ),
    /** What every card is called. */
    cards: async (): Promise<Map<string, string>> =>
      new Map(
        (await db.select({ id: playbookCards.id, content: playbookCards.content }).from(playbookCards)).map(
          ({ id, content }) => [id, content.title],
        ),
      ),

    /** Everybody whom a scope holds, team by team; also who has left, because they may have worked in the span. */
    people: (scope: Scope, agent: string | undefined) =>
      db
        .select({
          id: users.id,
          name: users.name,
          team: teams.name,
          takesCalls: sql<boolean>`${users.role} = 'agent' and ${users.active}`.mapWith(Boolean),
        })
        .from(users)
        .innerJoin(teams, eq(teams.id, users.teamId))
        .where(
          and(
            withinScope(scope, { agent: users.id, team: users.teamId, site: teams.siteId }),
            agent === undefined ? undefined : eq(users.id, agent),
          ),
        )
        .orderBy(asc(teams.name), asc(users.name), asc(users.id)),
    nameOf: async (id: string): Promise<string | null> =>
      (await db.select({ name: users.name }).from(users).where(eq(users.id, id)))[0]?.name ?? null,
  };
}
