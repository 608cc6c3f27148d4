import { and, between, eq, inArray, sql, type AnyColumn, type SQL } from "drizzle-orm";
import { bind, statement, type Database, type Query, type Statement, type Store } from "../../db/store.ts";
import { lengthSteps, type LengthStep } from "../../db/tables/figures.ts";
import { figureNames, type Figures } from "../figures.ts";

/** Owners' days from `from` to `to`, both included. */
export type OwnersDays = { ids: string[]; from: string; to: string; campaign?: string | undefined };
/** What one owner, or one campaign of all these owners, did on one day. */
export type DayRow = { group: string; day: string; calls: number; contacts: number; sales: number };
/** What the period before is measured by. */
export type Before = Pick<Figures, (typeof ofBefore)[number]>;

const ofBefore = ["answered", "talkSeconds", "holdSeconds", "wrapUpSeconds"] as const;

/** What trends ask of the database: narrow sums of many days, by statements that are built once. */
export function trendQueries(store: Store) {
  const { dayFigures, dayLengths } = store.tables;
  const sum = (column: AnyColumn) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number);
  const sums = <Name extends keyof Figures>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, sum(dayFigures[name])])) as Record<
      Name,
      ReturnType<typeof sum>
    >;

  /** One statement for as many owners, of one campaign or of all. */
  function prepared<Row>(
    name: string,
    table: typeof dayFigures | typeof dayLengths,
    build: (db: Database, where: SQL | undefined) => Query<Row>,
  ): (of: OwnersDays) => Promise<Row[]> {
    const known = new Map<string, Statement<Row>>();
    return async ({ ids, campaign, ...days }) => {
      // no row at all, where a sum would give one of nothing
      if (ids.length === 0) return [];
      const variant = `trends_${name}_${ids.length}${campaign === undefined ? "" : "_campaign"}`;
      const places = ids.map((_, i) => `id${i}`);
      const where = () =>
        and(
          inArray(
            table.ownerId,
            places.map((place) => sql.placeholder(place)),
          ),
          between(table.day, sql.placeholder("from"), sql.placeholder("to")),
          campaign === undefined ? undefined : eq(dayFigures.campaign, sql.placeholder("campaign")),
        );
      const mine = known.get(variant) ?? statement(variant, (db) => build(db, where()));
      known.set(variant, mine);
      const values = Object.fromEntries(places.map((place, i) => [place, ids[i]]));
      return store.rows(bind(mine, { ...values, ...days, campaign }));
    };
  }

  const byDay = (by: "ownerId" | "campaign") =>
    prepared<DayRow>(by, dayFigures, (db, where) =>
      db
        .select({ group: dayFigures[by], day: dayFigures.day, ...sums(["calls", "contacts", "sales"]) })
        .from(dayFigures)
        .where(where)
        .groupBy(dayFigures[by], dayFigures.day),
    );
  const now = prepared<Figures>("now", dayFigures, (db, where) =>
    db.select(sums(figureNames)).from(dayFigures).where(where),
  );
  const before = prepared<Before>("before", dayFigures, (db, where) =>
    db.select(sums(ofBefore)).from(dayFigures).where(where),
  );
  const handle = prepared<Record<LengthStep, number>>("handle", dayLengths, (db, where) => {
    const table = dayLengths as unknown as Record<LengthStep, unknown>;
    return db
      .select(Object.fromEntries(lengthSteps.map((step) => [step, sum(table[step] as AnyColumn)])))
      .from(dayLengths)
      .where(and(where, eq(dayLengths.what, "handle")));
  });

  return {
    /** Read in the order of the key: SQLite sorts nothing. */
    byOwner: byDay("ownerId"),
    byCampaign: byDay("campaign"),
    now: async (of: OwnersDays): Promise<Figures | null> => (await now(of))[0] ?? null,
    before: async (of: OwnersDays): Promise<Before | null> => (await before(of))[0] ?? null,
    /** How many handling times fell into each step; of all campaigns together. */
    handle: async (of: Omit<OwnersDays, "campaign">): Promise<number[]> => {
      const [row] = await handle(of);
      return lengthSteps.map((step) => row?.[step] ?? 0);
    },
  };
}
