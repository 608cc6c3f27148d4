import { and, asc, count, eq, gte, isNull, lt, sql } from "drizzle-orm";
import { spanned, type CallSpan } from "../db/call-span.ts";
import type { Store } from "../db/store.ts";
import { withinScope, type Scope } from "../db/within-scope.ts";

/** What one agent did in one team; rows are read a group at a time, by the agent's index. */
export type Group = {
  team: string | null;
  teamId: string | null;
  agentId: string;
  agent: string;
  rows: number;
};
export type Key = { at: Date; id: string };

/** What exports ask of the database: first what there is, then pages of it below a key. */
export function exportQueries(store: Store) {
  const { db } = store;
  const { calls, users, teams, recordings, asks, playbookCards } = store.tables;
  const ofCalls = (scope: Scope, span: CallSpan) => [
    withinScope(scope, { agent: calls.agentId, team: calls.teamId, site: calls.siteId }),
    ...spanned(calls, span),
  ];
  const group = { team: teams.name, agentId: users.id, agent: users.name, rows: count() };
  /** One agent's in one team, after the key. */
  const ofGroup = ({ agentId, teamId }: Group, span: CallSpan, after: Key | null) => [
    ...spanned(calls, { ...span, agent: agentId }),
    // by agent, because the team's index has calls by when they were counted
    sql`${calls.teamId} || '' = ${teamId}`,
    after
      ? sql`(${calls.startedAt}, ${calls.id}) > (${sql.param(after.at, calls.startedAt)}, ${after.id})`
      : undefined,
  ];
  const ofAsks = (scope: Scope, { from, to, agent, campaign, disposition, contactId }: CallSpan) => [
    withinScope(scope, { agent: asks.agentId, team: users.teamId, site: teams.siteId }),
    from && gte(asks.askedAt, from),
    to && lt(asks.askedAt, to),
    agent === undefined ? undefined : eq(asks.agentId, agent),
    ...spanned(calls, { campaign, disposition, contactId }),
  ];

  return {
    callGroups: (scope: Scope, span: CallSpan): Promise<Group[]> =>
      db
        .select({ ...group, teamId: calls.teamId })
        .from(calls)
        .innerJoin(users, eq(users.id, calls.agentId))
        .leftJoin(teams, eq(teams.id, calls.teamId))
        .where(and(...ofCalls(scope, span)))
        .groupBy(teams.name, calls.teamId, users.id, users.name)
        .orderBy(asc(teams.name), asc(users.name), asc(users.id)),
    callRows: (of: Group, span: CallSpan, after: Key | null, limit: number) =>
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
        .leftJoin(recordings, and(eq(recordings.callId, calls.id), isNull(recordings.trashedAt)))
        .where(and(...ofGroup(of, span, after)))
        .orderBy(asc(calls.startedAt), asc(calls.id))
        .limit(limit),

    recordingGroups: (scope: Scope, span: CallSpan): Promise<Group[]> =>
      db
        .select({ ...group, teamId: calls.teamId })
        .from(recordings)
        .innerJoin(calls, eq(calls.id, recordings.callId))
        .innerJoin(users, eq(users.id, calls.agentId))
        .leftJoin(teams, eq(teams.id, calls.teamId))
        .where(and(isNull(recordings.trashedAt), ...ofCalls(scope, span)))
        .groupBy(teams.name, calls.teamId, users.id, users.name)
        .orderBy(asc(teams.name), asc(users.name), asc(users.id)),
    recordingRows: (of: Group, span: CallSpan, after: Key | null, limit: number) =>
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
        .innerJoin(recordings, and(eq(recordings.callId, calls.id), isNull(recordings.trashedAt)))
        .where(and(...ofGroup(of, span, after)))
        .orderBy(asc(calls.startedAt), asc(calls.id))
        .limit(limit),

    askGroups: (scope: Scope, span: CallSpan): Promise<Group[]> =>
      db
        .select({ ...group, teamId: users.teamId })
        .from(asks)
        .innerJoin(users, eq(users.id, asks.agentId))
        .innerJoin(teams, eq(teams.id, users.teamId))
        .leftJoin(calls, eq(calls.id, asks.callId))
        .where(and(...ofAsks(scope, span)))
        .groupBy(teams.name, users.teamId, users.id, users.name)
        .orderBy(asc(teams.name), asc(users.name), asc(users.id)),
    askRows: ({ agentId }: Group, span: CallSpan, after: Key | null, limit: number) =>
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
        .innerJoin(users, eq(users.id, asks.agentId))
        .innerJoin(teams, eq(teams.id, users.teamId))
        .leftJoin(calls, eq(calls.id, asks.callId))
        .where(
          and(
            ...ofAsks({ by: "agent", id: agentId }, span),
            after
              ? sql`(${asks.askedAt}, ${asks.id}) > (${sql.param(after.at, asks.askedAt)}, ${after.id})`
              : undefined,
          ),
        )
        .orderBy(asc(asks.askedAt), asc(asks.id))
        .limit(limit),
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
export type ExportQueries = ReturnType<typeof exportQueries>;
