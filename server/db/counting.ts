import { getTableColumns, sql, type AnyColumn, type SQL } from "drizzle-orm";
import type { Tables } from "./schema.ts";
import {
  bind,
  statement,
  type Database,
  type Query,
  type Statement,
  type Store,
  type Write,
} from "./store.ts";
import { LENGTH_STEPS } from "./tables/figures.ts";

/** What one call adds to a column of the figures, and to which calls that applies. */
type Contribution = { when: SQL; value: SQL };
export type FigureColumn = Exclude<
  keyof Tables["hourFigures"]["$inferSelect"],
  "ownerId" | "campaign" | "hour" | "readySeconds" | "pausedSeconds"
>;

/**
 * What a call counts for, written once: for the figures that go with it, for their rebuild and for the list of calls
 * behind a number. Calls that nobody answered count as calls only; of those held out none counts as helped.
 */
export function contributions({ calls }: Tables): Record<FigureColumn, Contribution> {
  const one = sql.raw("1");
  const answered = sql`${calls.outcome} = 'answered'`;
  const contact = sql`${answered} and ${calls.contacted}`;
  const sale = sql`${contact} and ${calls.sold}`;
  const helped = sql`${calls.aiAsks} > 0 and not ${calls.heldOut}`;
  return {
    calls: { when: sql`${calls.countedAt} is not null`, value: one },
    answered: { when: answered, value: one },
    contacts: { when: contact, value: one },
    sales: { when: sale, value: one },
    saleCents: { when: sale, value: sql`cast(round(coalesce(${calls.saleAmount}, 0) * 100) as bigint)` },
    talkSeconds: { when: answered, value: sql`coalesce(${calls.talkSeconds}, 0)` },
    holdSeconds: {
      when: sql`${answered} and ${calls.holdSeconds} is not null`,
      value: sql`${calls.holdSeconds}`,
    },
    holdCalls: { when: sql`${answered} and ${calls.holdSeconds} is not null`, value: one },
    wrapUpSeconds: {
      when: sql`${answered} and ${calls.wrapUpSeconds} is not null`,
      value: sql`${calls.wrapUpSeconds}`,
    },
    wrapUpCalls: { when: sql`${answered} and ${calls.wrapUpSeconds} is not null`, value: one },
    aiAsks: { when: sql`${calls.aiAsks} > 0`, value: sql`${calls.aiAsks}` },
    aiCalls: { when: sql`${answered} and ${helped}`, value: one },
    aiContacts: { when: sql`${contact} and ${helped}`, value: one },
    aiSales: { when: sql`${sale} and ${helped}`, value: one },
    heldOutCalls: { when: sql`${answered} and ${calls.heldOut}`, value: one },
    heldOutContacts: { when: sql`${contact} and ${calls.heldOut}`, value: one },
    heldOutSales: { when: sql`${sale} and ${calls.heldOut}`, value: one },
  };
}

/** The longest length of each step, in seconds: 5 s, then a fifth more each time. The last step has no end. */
export const STEP_ENDS: readonly number[] = Array.from({ length: LENGTH_STEPS }, (_, i) =>
  Math.floor(5 * 1.2 ** i),
);

/** The lengths that are counted in steps. */
function lengths(tables: Tables): Record<"talk" | "wrapUp" | "handle", Contribution> {
  const { talkSeconds: talk, wrapUpSeconds: wrapUp } = contributions(tables);
  const { talkSeconds, holdSeconds, wrapUpSeconds } = tables.calls;
  const handle = [talkSeconds, holdSeconds, wrapUpSeconds].map((column) => sql`coalesce(${column}, 0)`);
  return { talk, wrapUp, handle: { when: talk.when, value: sql`(${sql.join(handle, sql` + `)})` } };
}

/** `length` falls into exactly one of these. */
const steps = (length: SQL): SQL[] =>
  STEP_ENDS.map((end, i) => {
    const above = i === 0 ? sql`true` : sql`${length} > ${sql.raw(String(STEP_ENDS[i - 1]))}`;
    const below = i === LENGTH_STEPS - 1 ? sql`true` : sql`${length} <= ${sql.raw(String(end))}`;
    return sql`case when ${above} and ${below} then 1 else 0 end`;
  });

/** What becomes of each number on its way into the figures: as it is, taken back, or summed over a group. */
export type Take = { number: (number: SQL) => SQL; grouped: boolean };

/** The rows of the three tables for those who own the calls that fit `where`, as `insert … select` wants them. */
export function figureRows(tables: Tables) {
  const { calls } = tables;
  const columns = Object.values(contributions(tables));
  const ofLengths = Object.entries(lengths(tables));
  const zero = sql.raw("0");
  const list = (parts: SQL[]): SQL => sql.join(parts, sql`, `);
  const union = (arms: SQL[]): SQL => sql.join(arms, sql` union all `);
  const from = (where: SQL) => sql`from ${calls} where ${calls.countedAt} is not null and ${where}`;

  function figures(at: AnyColumn, owners: AnyColumn[], where: SQL, { number, grouped }: Take): SQL {
    return union(
      owners.map((owner) => {
        const key = list([sql`${owner}`, sql`coalesce(${calls.campaign}, '')`, sql`${at}`]);
        const numbers = columns.map(({ when, value }) =>
          number(sql`case when ${when} then ${value} else 0 end`),
        );
        // the last two are time, which does not come from calls
        return sql`select ${key}, ${list([...numbers, zero, zero])} ${from(where)}${grouped ? sql` group by ${key}` : sql``}`;
      }),
    );
  }
  return {
    hours: (owners: AnyColumn[], where: SQL, take: Take) => figures(calls.countedHour, owners, where, take),
    days: (owners: AnyColumn[], where: SQL, take: Take) => figures(calls.countedDay, owners, where, take),
    lengths: (owners: AnyColumn[], where: SQL, { number, grouped }: Take): SQL => {
      const arms = owners.flatMap((owner) =>
        ofLengths.map(
          ([what, { when, value }]) =>
            sql`select ${owner} as owner, ${calls.countedDay} as day, '${sql.raw(what)}' as what, ${value} as length ${from(where)} and ${when}`,
        ),
      );
      const key = sql`owner, day, what`;
      const numbers = list(steps(sql`length`).map(number));
      return sql`select ${key}, ${numbers} from (${union(arms)}) as l where true${grouped ? sql` group by ${key}` : sql``}`;
    },
  };
}

/** On conflict: what is there plus what comes. */
export function adding(
  table: Tables["hourFigures"] | Tables["dayFigures"] | Tables["dayLengths"],
): Record<string, SQL> {
  return Object.fromEntries(
    Object.entries(getTableColumns(table) as Record<string, AnyColumn>)
      .filter(([, column]) => column.notNull && column.hasDefault)
      .map(([key, column]) => [key, sql`${column} + ${sql.raw(`excluded.${column.name}`)}`]),
  );
}

/**
 * Changes of calls that the figures count, in the same `together` as their figures: what the row counted for is taken
 * back, the row changes, what it counts for now is added. Exact, whatever happened before and in whichever order.
 */
export function counting(store: Store) {
  const { hourFigures, dayFigures, dayLengths, calls } = store.tables;
  const rows = figureRows(store.tables);
  const owners = [calls.agentId, calls.teamId];
  const where = sql`${calls.id} = ${sql.placeholder("id")}`;
  const all = (name: string, number: Take["number"]): Statement<unknown>[] => [
    statement(
      `${name}_hour`,
      (db) =>
        db
          .insert(hourFigures)
          .select(rows.hours(owners, where, { number, grouped: false }))
          .onConflictDoUpdate({
            target: [hourFigures.ownerId, hourFigures.hour, hourFigures.campaign],
            set: adding(hourFigures),
          })
          .returning({ ownerId: hourFigures.ownerId }) as Query<unknown>,
    ),
    statement(
      `${name}_day`,
      (db) =>
        db
          .insert(dayFigures)
          .select(rows.days(owners, where, { number, grouped: false }))
          .onConflictDoUpdate({
            target: [dayFigures.ownerId, dayFigures.day, dayFigures.campaign],
            set: adding(dayFigures),
          })
          .returning({ ownerId: dayFigures.ownerId }) as Query<unknown>,
    ),
    statement(
      `${name}_lengths`,
      (db) =>
        db
          .insert(dayLengths)
          .select(rows.lengths(owners, where, { number, grouped: false }))
          .onConflictDoUpdate({
            target: [dayLengths.ownerId, dayLengths.day, dayLengths.what],
            set: adding(dayLengths),
          })
          .returning({ ownerId: dayLengths.ownerId }) as Query<unknown>,
    ),
  ];
  const takeBack = all("take_back", (number) => sql`-(${number})`);
  const add = all("add", (number) => number);

  /** `change` of one call, between what it counted for and what it counts for. */
  const around = (db: Database, id: string, change: Write[]): Write[] => [
    ...figuresAlone(store, db),
    ...takeBack.map((one) => bind(one, { id })),
    ...change,
    ...add.map((one) => bind(one, { id })),
  ];
  return {
    around,
    /** Does it, and resolves to what `change` returned. */
    async change(id: string, change: (db: Database) => Write): Promise<unknown> {
      let wanted: Write | null = null;
      let at = 0;
      const results = await store.together((db) => {
        const writes = around(db, id, [(wanted = change(db))]);
        at = writes.indexOf(wanted);
        return writes;
      });
      return results[at];
    },
  };
}

/** One writer of figures at a time: PostgreSQL has many, and two of them could wait for each other's rows. */
export const figuresAlone = (store: Store, db: Database): Write[] =>
  store.dialect === "sqlite"
    ? []
    : [db.select({ alone: sql`pg_advisory_xact_lock(4712)` }).from(sql`(select 1) as one`)];
