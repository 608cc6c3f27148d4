import { and, eq, getTableColumns, sql, SQL } from "drizzle-orm";
import type { Call } from "#contract";
import { bind, rowsOf, statement, type Store, type Write } from "../../db/store.ts";

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
  /** Whose contact it is: that of the team with this phone, if there is one. */
  knownBy?: string | null;
  /** True where it is not said. */
  mayRecord?: boolean;
};
/** The contact that a call's name and leave to be recorded were concluded from. */
export type KnownCaller = { id: string; name: string; doNotRecord: boolean };

/** A default of the schema as SQL says it: what is the same for each call need not be bound for each. */
const literal = (value: unknown): SQL =>
  sql.raw(typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value));

/** How a call gets into the database. */
export function beginningQueries(store: Store) {
  const { calls, contacts, contactPhones } = store.tables;
  const value = (name: keyof NewCall) => sql.placeholder(name);
  const begun = {
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
    mayRecord: value("mayRecord"),
    aiAsks: 0,
  };
  const insert = statement("insert_call", (db) =>
    db
      .insert(calls)
      .values({
        ...begun,
        contactId: sql`(select ${sql.raw("contact_id")} from ${contactPhones} where ${sql.raw("team_id")} = ${value("teamId")} and ${sql.raw("phone")} = ${value("knownBy")})`,
      })
      .onConflictDoNothing()
      .returning({ id: calls.id }),
  );
  /** The same, only where the contact still is what the rest was concluded from. */
  const insertOfKnown = statement("insert_call_of_known", (db) => {
    const given: Record<string, unknown> = { ...begun, contactId: sql`${contacts.id}`, aiAsks: literal(0) };
    const row = Object.entries(getTableColumns(calls)).map(([key, column]) => {
      const is = given[key] ?? literal(column.default ?? null);
      return sql`${is instanceof SQL ? is : sql.param(is, column)}`;
    });
    const still = and(
      eq(contactPhones.teamId, value("teamId")),
      eq(contactPhones.phone, value("knownBy")),
      eq(contacts.id, sql.placeholder("knownId")),
      eq(contacts.name, sql.placeholder("knownName")),
      eq(contacts.doNotRecord, sql.param(sql.placeholder("knownDoNotRecord"), contacts.doNotRecord)),
    );
    return db
      .insert(calls)
      .select(
        sql`select ${sql.join(row, sql`, `)} from ${contactPhones} inner join ${contacts} on ${contacts.id} = ${contactPhones.contactId} where ${still}`,
      )
      .onConflictDoNothing()
      .returning({ id: calls.id });
  });

  return {
    /** Whether the row is new; false when the id exists. `first` is written with it, before it. */
    add: async (call: NewCall, first: Write[] = []): Promise<boolean> => {
      const results = await store.together(() => [
        ...first,
        bind(insert, { knownBy: null, mayRecord: true, ...call }),
      ]);
      return rowsOf(results.at(-1)).length > 0;
    },
    /** Whether the row was added: not where the id exists, nor where the contact is not what it was any more. */
    addOfKnown: async (call: NewCall, { id, name, doNotRecord }: KnownCaller): Promise<boolean> => {
      const known = { knownId: id, knownName: name, knownDoNotRecord: doNotRecord };
      const [rows] = await store.together(() => [
        bind(insertOfKnown, { mayRecord: true, ...call, ...known }),
      ]);
      return rowsOf(rows).length > 0;
    },
  };
}
