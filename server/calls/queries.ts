import { and, desc, eq, gte, isNull, like, lt, lte, sql, type SQL } from "drizzle-orm";
import type { CaptureState, Call, WrapUpEnd } from "#contract";
import type { Scope } from "../auth/scope.ts";
import { contributions, counting, type FigureColumn } from "../db/counting.ts";
import { bind, rowsOf, statement, type Store } from "../db/store.ts";
import { withinScope } from "../db/within-scope.ts";

export type NewCall = {
  id: string;
  agentId: string;
  teamId: string;
  siteId: string;
  startedAt: Date;
  receivedAt: Date;
  clockOffsetMs: number;
  startDigest: string;
  direction: Call["direction"];
  source: Call["source"];
  contactName: string | null;
  contactPhone: string | null;
  campaign: string | null;
  externalId: string | null;
  searchText: string;
};
export type CallEnding = {
  endDigest: string;
  answeredAt: Date | null;
  endedAt: Date;
  countedAt: Date;
  countedHour: Date;
  countedDay: string;
  talkSeconds: number;
  /** Null where its source does not know. */
  holdSeconds: number | null;
  outcome: NonNullable<Call["outcome"]>;
};
export type CallEdit = {
  disposition?: string | null;
  contacted?: boolean;
  sold?: boolean;
  saleAmount?: number | null;
  notes?: string | null;
  callbackAt?: Date | null;
  wrapUpEndedAt?: Date;
  wrapUpEndedBy?: WrapUpEnd | null;
  wrapUpSeconds?: number | null;
  countedAt?: Date;
  countedHour?: Date;
  countedDay?: string;
};
export type CallSpan = {
  from?: Date | undefined;
  to?: Date | undefined;
  agent?: string | undefined;
  disposition?: string | undefined;
  q?: string | undefined;
};

/** The calls that a number counts. Days are those of each call's site, both included. */
export type CountedSpan = {
  scope: Scope;
  from: string;
  to: string;
  column: FigureColumn;
  until?: Date | undefined;
  campaign?: string | undefined;
  ai?: "with" | "without" | "held_out" | undefined;
};
/** Columns of calls in which the copilot helped, and of those held out, among all. */
const OF_AI: Partial<Record<FigureColumn, Record<"with" | "held_out", FigureColumn>>> = {
  answered: { with: "aiCalls", held_out: "heldOutCalls" },
  contacts: { with: "aiContacts", held_out: "heldOutContacts" },
  sales: { with: "aiSales", held_out: "heldOutSales" },
};
/** A call is over, with its wrap-up, in less than this. */
const LONGEST_CALL_MS = 8 * 86_400_000;

export type CallRow = Awaited<ReturnType<ReturnType<typeof callQueries>["page"]>>[number];

/** What the calls room asks of the database. */
export function callQueries(store: Store) {
  const { db } = store;
  const { calls, users, recordings } = store.tables;
  const counted = counting(store);

  const insert = statement("insert_call", (db) => {
    const value = (name: keyof NewCall) => sql.placeholder(name);
    return db
      .insert(calls)
      .values({
        id: value("id"),
        agentId: value("agentId"),
        teamId: value("teamId"),
        siteId: value("siteId"),
        startedAt: value("startedAt"),
        receivedAt: value("receivedAt"),
        clockOffsetMs: value("clockOffsetMs"),
        startDigest: value("startDigest"),
        direction: value("direction"),
        source: value("source"),
        contactName: value("contactName"),
        contactPhone: value("contactPhone"),
        campaign: value("campaign"),
        externalId: value("externalId"),
        searchText: value("searchText"),
        aiAsks: 0,
      })
      .onConflictDoNothing()
      .returning({ id: calls.id });
  });
  const digests = statement("call_digests", (db) =>
    db
      .select({
        agentId: calls.agentId,
        siteId: calls.siteId,
        startDigest: calls.startDigest,
        endDigest: calls.endDigest,
        clockOffsetMs: calls.clockOffsetMs,
        startedAt: calls.startedAt,
      })
      .from(calls)
      .where(eq(calls.id, sql.placeholder("id"))),
  );

  const within = (scope: Scope) =>
    withinScope(scope, { agent: calls.agentId, team: calls.teamId, site: calls.siteId });
  const full = () =>
    db
      .select({ call: calls, agentName: users.name, recordedId: recordings.callId })
      .from(calls)
      .innerJoin(users, eq(users.id, calls.agentId))
      .leftJoin(recordings, eq(recordings.callId, calls.id));
  const spanned = ({ from, to, agent, disposition, q }: CallSpan) => [
    from && gte(calls.startedAt, from),
    to && lt(calls.startedAt, to),
    agent === undefined ? undefined : eq(calls.agentId, agent),
    disposition === undefined ? undefined : eq(calls.disposition, disposition),
    q === undefined ? undefined : like(calls.searchText, `%${q}%`),
  ];

  const counts = ({ column, ai }: CountedSpan): SQL => {
    const all = contributions(store.tables);
    const { when } = all[column];
    const apart = OF_AI[column];
    if (ai === undefined || apart === undefined) return when;
    const [helped, heldOut] = [all[apart.with].when, all[apart.held_out].when];
    if (ai === "without") return sql`${when} and not (${helped}) and not (${heldOut})`;
    return ai === "with" ? helped : heldOut;
  };

  return {
    /** Whether the row is new; false when the id exists. */
    add: async (call: NewCall): Promise<boolean> => {
      const [result] = await store.together(() => [bind(insert, call)]);
      return rowsOf(result).length > 0;
    },
    digests: async (id: string) => (await store.rows(bind(digests, { id })))[0] ?? null,
    /** Ends the call unless it has ended; whether this did it. A disposition may be there already. */
    end: async (id: string, ending: CallEnding): Promise<boolean> => {
      const contacted = sql<boolean>`case when ${calls.disposition} is null then true else ${calls.contacted} end`;
      const result = await counted.change(id, (db) =>
        db
          .update(calls)
          .set({ ...ending, contacted: ending.outcome === "answered" ? contacted : false })
          .where(and(eq(calls.id, id), isNull(calls.endedAt)))
          .returning({ id: calls.id }),
      );
      return rowsOf(result).length > 0;
    },
    /** Changes what the figures may count. */
    edit: (id: string, edit: CallEdit) =>
      counted.change(id, (db) =>
        db
          .update(calls)
          .set({ ...edit, id })
          .where(eq(calls.id, id)),
      ),
    /** What its PC tells of the recording; since when it is so changes only with it. */
    capture: (id: string, captureAgent: CaptureState, captureCustomer: CaptureState, now: Date) =>
      store.together((db) => [
        db
          .update(calls)
          .set({
            captureAgent,
            captureCustomer,
            captureSince: sql`case when ${calls.captureAgent} = ${captureAgent} and ${calls.captureCustomer} = ${captureCustomer} then ${calls.captureSince} else ${sql.param(now, calls.captureSince)} end`,
          })
          .where(eq(calls.id, id)),
      ]),

    byId: async (scope: Scope, id: string) =>
      (await full().where(and(eq(calls.id, id), within(scope))))[0] ?? null,
    /** Newest first, below the cursor `after` (an id). */
    page: (scope: Scope, span: CallSpan, after: { startedAt: Date; id: string } | null, limit: number) =>
      full()
        .where(
          and(
            within(scope),
            ...spanned(span),
            after
              ? sql`(${calls.startedAt}, ${calls.id}) < (${sql.param(after.startedAt, calls.startedAt)}, ${after.id})`
              : undefined,
          ),
        )
        .orderBy(desc(calls.startedAt), desc(calls.id))
        .limit(limit),
    /** Newest first, below the cursor. */
    counted: (span: CountedSpan, after: { countedAt: Date; id: string } | null, limit: number) => {
      const { scope, from, to, until, campaign } = span;
      // a day begins and ends somewhere on earth between these two
      const begin = new Date(Date.parse(from) - 14 * 3_600_000);
      const end = new Date(Date.parse(to) + 36 * 3_600_000);
      return full()
        .where(
          and(
            within(scope),
            scope.by === "agent"
              ? gte(calls.startedAt, new Date(begin.getTime() - LONGEST_CALL_MS))
              : undefined,
            gte(calls.countedAt, begin),
            lt(calls.countedAt, until && until < end ? until : end),
            gte(calls.countedDay, from),
            lte(calls.countedDay, to),
            campaign === undefined ? undefined : sql`coalesce(${calls.campaign}, '') = ${campaign}`,
            counts(span),
            after
              ? sql`(${calls.countedAt}, ${calls.id}) < (${sql.param(after.countedAt, calls.countedAt)}, ${after.id})`
              : undefined,
          ),
        )
        .orderBy(desc(calls.countedAt), desc(calls.id))
        .limit(limit);
    },
    open: (scope: Scope) =>
      full()
        .where(and(within(scope), isNull(calls.countedAt)))
        .orderBy(desc(calls.startedAt)),
  };
}
