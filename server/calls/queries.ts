import { and, asc, desc, eq, gte, isNull, lt, lte, or, sql, type SQL } from "drizzle-orm";
import type { CaptureState, Call, CorrectedValues, WrapUpEnd } from "#contract";
import type { Scope } from "../auth/scope.ts";
import { spanned, type CallSpan } from "../db/call-span.ts";
import { contributions, counting, type FigureColumn } from "../db/counting.ts";
import { bind, preparing, rowsOf, statement, type Database, type Store } from "../db/store.ts";
import { placed, withinFew, withinScope, type PlacedScope } from "../db/within-scope.ts";
import { beginningQueries } from "./beginning/queries.ts";

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
  callbackDoneAt?: Date | null;
  wrapUpEndedAt?: Date | null;
  wrapUpEndedBy?: WrapUpEnd | null;
  wrapUpSeconds?: number | null;
  countedAt?: Date;
  countedHour?: Date;
  countedDay?: string;
};
export type NewCorrection = {
  id: string;
  agentId: string;
  before: CorrectedValues;
  after: CorrectedValues;
  why: string;
  by: string;
  at: Date;
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

export type CallRow = Awaited<ReturnType<ReturnType<typeof callQueries>["page"]>>[number];

/** A callback that is overdue for longer than this is given up: nobody waits for it any more. */
const CALLBACK_DAYS = 90;
const callbacksSince = (now: Date): Date => new Date(now.getTime() - CALLBACK_DAYS * 86_400_000);

/** What the calls room asks of the database. */
export function callQueries(store: Store) {
  const { db } = store;
  const { calls, users, recordings, corrections } = store.tables;
  const counted = counting(store);
  const run = preparing(store);

  const digests = statement("call_digests", (db) =>
    db
      .select({
        agentId: calls.agentId,
        siteId: calls.siteId,
        startDigest: calls.startDigest,
        endDigest: calls.endDigest,
        clockOffsetMs: calls.clockOffsetMs,
        startedAt: calls.startedAt,
        mayRecord: calls.mayRecord,
      })
      .from(calls)
      .where(eq(calls.id, sql.placeholder("id"))),
  );

  /** What its agent had agreed to call back for, before this call, with the same person. */
  const calledBack = statement("called_back", (db) => {
    const here = (column: string) =>
      sql`(select ${sql.raw(column)} from ${calls} where ${sql.raw("id")} = ${sql.placeholder("id")} and ${sql.raw("direction")} = 'outbound')`;
    return db
      .update(calls)
      .set({ callbackDoneAt: sql`${sql.param(sql.placeholder("doneAt"), calls.callbackDoneAt)}` })
      .where(
        and(
          eq(calls.agentId, here("agent_id")),
          gte(calls.callbackAt, sql.param(sql.placeholder("since"), calls.callbackAt)),
          isNull(calls.callbackDoneAt),
          lt(calls.startedAt, here("started_at")),
          or(eq(calls.contactId, here("contact_id")), eq(calls.contactPhone, here("contact_phone"))),
        ),
      )
      .returning({ id: calls.id });
  });

  const within = (scope: Scope | PlacedScope) =>
    withinScope(scope, { agent: calls.agentId, team: calls.teamId, site: calls.siteId });
  const corrected =
    sql<boolean>`exists (select 1 from ${corrections} where ${corrections.subjectId} = ${calls.id})`.mapWith(
      Boolean,
    );
  /** Not by an index of teams: reading all calls of one would take longer than passing over others'. */
  const listed = (scope: Scope | PlacedScope) =>
    withinScope(scope, {
      agent: calls.agentId,
      team: sql`${calls.teamId} || ''`,
      site: sql`${calls.siteId} || ''`,
    });
  const full = (on: Database = db) =>
    on
      .select({ call: calls, agentName: users.name, recordedId: recordings.callId, corrected })
      .from(calls)
      .innerJoin(users, eq(users.id, calls.agentId))
      .leftJoin(recordings, eq(recordings.callId, calls.id));
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
    ...beginningQueries(store),
    digests: async (id: string) => (await store.rows(bind(digests, { id })))[0] ?? null,
    /** Ends the call unless it has ended; whether this did it. An answered one does what it was to call back for. */
    end: async (id: string, ending: CallEnding): Promise<boolean> => {
      const answered = ending.outcome === "answered";
      const done = { id, doneAt: ending.endedAt, since: callbacksSince(ending.endedAt) };
      const result = await counted.change(
        id,
        (db) =>
          db
            .update(calls)
            .set({
              ...ending,
              // an outcome that was chosen during the call has said already whether the customer was reached
              contacted: answered ? sql`(${calls.disposition} is null or ${calls.contacted})` : false,
            })
            .where(and(eq(calls.id, id), isNull(calls.endedAt)))
            .returning({ id: calls.id }),
        () => (answered ? [bind(calledBack, done)] : []),
      );
      return rowsOf(result).length > 0;
    },
    /** Changes what the figures may count, and notes a correction with it. */
    edit: (id: string, edit: CallEdit, correction?: NewCorrection) =>
      counted.change(
        id,
        (db) =>
          db
            .update(calls)
            .set({ ...edit, id })
            .where(eq(calls.id, id)),
        (db) =>
          correction ? [db.insert(corrections).values({ ...correction, kind: "call", subjectId: id })] : [],
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
    corrections: (callId: string) =>
      db
        .select({ correction: corrections, byName: users.name })
        .from(corrections)
        .leftJoin(users, eq(users.id, corrections.by))
        .where(and(eq(corrections.subjectId, callId), eq(corrections.kind, "call")))
        .orderBy(asc(corrections.at), asc(corrections.id)),
    /** Not called back yet, the most overdue first. */
    callbacks: (scope: Scope, now: Date, limit: number) =>
      full()
        .where(
          and(
            listed(scope),
            // by agent, because the index that has callbacks begins with it
            sql`${calls.agentId} in (select ${users.id} from ${users})`,
            gte(calls.callbackAt, callbacksSince(now)),
            isNull(calls.callbackDoneAt),
          ),
        )
        .orderBy(asc(calls.callbackAt), asc(calls.id))
        .limit(limit),

    byId: async (scope: Scope, id: string) => {
      const { form, places, values } = placed(scope);
      const one = (db: Database) => full(db).where(and(eq(calls.id, sql.placeholder("id")), within(places)));
      return (await run(`call_${form}`, one, { ...values, id }))[0] ?? null;
    },
    /** Newest first, below the cursor `after` (an id). */
    page: (scope: Scope, span: CallSpan, after: { startedAt: Date; id: string } | null, limit: number) =>
      full()
        .where(
          and(
            listed(scope),
            ...spanned(calls, span),
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
    /** The newest since an instant, newest first. */
    recent: (scope: Scope, from: Date, limit: number) => {
      const { form, places, values } = placed(scope);
      const newest = (db: Database) =>
        full(db)
          .where(
            and(listed(places), gte(calls.startedAt, sql.param(sql.placeholder("from"), calls.startedAt))),
          )
          .orderBy(desc(calls.startedAt), desc(calls.id))
          .limit(sql.placeholder("limit"));
      return run(`recent_calls_${form}`, newest, { ...values, from, limit });
    },
    open: (scope: Scope) => {
      const { form, places, values } = placed(scope);
      const open = (db: Database) =>
        full(db)
          .where(
            and(
              withinFew(places, { agent: calls.agentId, team: calls.teamId, site: calls.siteId }),
              isNull(calls.countedAt),
            ),
          )
          .orderBy(desc(calls.startedAt));
      return run(`calls_in_progress_${form}`, open, values);
    },
  };
}
