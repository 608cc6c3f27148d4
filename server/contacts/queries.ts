import { and, asc, eq, getTableColumns, gt, inArray, like, sql, type SQL } from "drizzle-orm";
import type { Scope } from "../auth/scope.ts";
import { bind, statement, type Bound, type Database, type Store, type Write } from "../db/store.ts";
import { withinScope } from "../db/within-scope.ts";

export type NewContact = {
  id: string;
  teamId: string;
  siteId: string;
  name: string;
  notes: string;
  searchText: string;
  createdAt: Date;
  updatedAt: Date;
};
export type ContactEdit = {
  name?: string;
  notes?: string;
  searchText?: string;
  updatedAt: Date;
  doNotRecord?: boolean;
  doNotRecordBy?: string;
  doNotRecordAt?: Date;
  /** All of them, the main one first. */
  phones?: string[];
};
export type ContactRow = Awaited<ReturnType<ReturnType<typeof contactQueries>["page"]>>[number];
/** A team's contact as the start of a call finds it. */
export type KnownCaller = { id: string; name: string; searchText: string; doNotRecord: boolean };

/** What the contacts room asks of the database. */
export function contactQueries(store: Store) {
  const { db } = store;
  const { contacts, contactPhones, calls, teams } = store.tables;
  const value = sql.placeholder;

  const byPhone = statement("contact_by_phone", (db) =>
    db
      .select({
        id: contacts.id,
        name: contacts.name,
        searchText: contacts.searchText,
        doNotRecord: contacts.doNotRecord,
      })
      .from(contactPhones)
      .innerJoin(contacts, eq(contacts.id, contactPhones.contactId))
      .where(and(eq(contactPhones.teamId, value("teamId")), eq(contactPhones.phone, value("phone")))),
  );
  const nameCaller = statement("name_caller", (db) =>
    db
      .update(contacts)
      .set({ name: sql`${value("name")}`, searchText: sql`${value("searchText")}` })
      .where(and(eq(contacts.id, value("id")), eq(contacts.name, "")))
      .returning({ id: contacts.id }),
  );
  const addCaller = statement("add_caller", (db) =>
    db
      .insert(contacts)
      .values({
        id: value("id"),
        teamId: value("teamId"),
        siteId: value("siteId"),
        name: value("name"),
        notes: "",
        searchText: value("searchText"),
        createdAt: value("at"),
        updatedAt: value("at"),
      })
      .returning({ id: contacts.id }),
  );
  const addCallerPhone = statement("add_caller_phone", (db) =>
    db
      .insert(contactPhones)
      .values({ teamId: value("teamId"), phone: value("phone"), contactId: value("id"), position: 0 })
      .onConflictDoNothing()
      .returning({ phone: contactPhones.phone }),
  );
  /** Two first calls of a phone at the same moment make one contact: the second one goes. */
  const dropPhoneless = statement("drop_phoneless", (db) =>
    db
      .delete(contacts)
      .where(
        and(
          eq(contacts.id, value("id")),
          sql`not exists (select 1 from ${contactPhones} where ${sql.raw("contact_id")} = ${value("id")})`,
        ),
      )
      .returning({ id: contacts.id }),
  );

  const within = (scope: Scope) =>
    // contacts are a team's, so that no scope here is an agent's
    withinScope(scope, { agent: contacts.teamId, team: contacts.teamId, site: contacts.siteId });
  /** Nothing is written for it when a call begins, and a call that arrives late does not make it older. */
  const lastCallAt =
    sql`(select max(${sql.raw("started_at")}) from ${calls} where ${sql.raw("contact_id")} = ${contacts.id})`.mapWith(
      calls.startedAt,
    ) as SQL<Date | null>;
  const full = () =>
    db
      .select({ contact: { ...getTableColumns(contacts), lastCallAt }, team: teams.name })
      .from(contacts)
      .innerJoin(teams, eq(teams.id, contacts.teamId));
  const ofPhones = async (ids: string[]): Promise<Map<string, string[]>> => {
    if (ids.length === 0) return new Map();
    const rows = await db
      .select({ id: contactPhones.contactId, phone: contactPhones.phone })
      .from(contactPhones)
      .where(inArray(contactPhones.contactId, ids))
      .orderBy(asc(contactPhones.position));
    const byContact = Map.groupBy(rows, ({ id }) => id);
    return new Map([...byContact].map(([id, phones]) => [id, phones.map(({ phone }) => phone)]));
  };
  const withPhones = async <Row extends { contact: { id: string } }>(rows: Row[]) => {
    const phones = await ofPhones(rows.map(({ contact }) => contact.id));
    return rows.map((row) => ({ ...row, phones: phones.get(row.contact.id) ?? [] }));
  };

  const addPhones = (db: Database, teamId: string, contactId: string, phones: string[]): Write[] =>
    phones.length === 0
      ? []
      : [
          db
            .insert(contactPhones)
            .values(phones.map((phone, position) => ({ teamId, phone, contactId, position }))),
        ];
  /** Contacts with these phones of whom nothing else is known become this one, with their calls. */
  const absorb = (db: Database, teamId: string, id: string, phones: string[]): Write[] => {
    if (phones.length === 0) return [];
    const unknown = db
      .select({ id: contactPhones.contactId })
      .from(contactPhones)
      .innerJoin(contacts, eq(contacts.id, contactPhones.contactId))
      .where(
        and(
          eq(contactPhones.teamId, teamId),
          inArray(contactPhones.phone, phones),
          eq(contacts.name, ""),
          eq(contacts.notes, ""),
          sql`${contactPhones.contactId} <> ${id}`,
        ),
      );
    return [
      db.update(calls).set({ contactId: id }).where(inArray(calls.contactId, unknown)),
      db.delete(contacts).where(inArray(contacts.id, unknown)),
    ];
  };
  const adding = (db: Database, { phones, ...contact }: NewContact & { phones: string[] }): Write[] => [
    db.insert(contacts).values(contact),
    ...absorb(db, contact.teamId, contact.id, phones),
    ...addPhones(db, contact.teamId, contact.id, phones),
  ];
  const changing = (db: Database, teamId: string, id: string, { phones, ...edit }: ContactEdit): Write[] => [
    db.update(contacts).set(edit).where(eq(contacts.id, id)),
    ...(phones === undefined
      ? []
      : [
          db.delete(contactPhones).where(eq(contactPhones.contactId, id)),
          ...absorb(db, teamId, id, phones),
          ...addPhones(db, teamId, id, phones),
        ]),
  ];

  return {
    /** Whom a phone belongs to; one indexed read. */
    caller: async (teamId: string, phone: string): Promise<KnownCaller | null> =>
      (await store.rows(bind(byPhone, { teamId, phone })))[0] ?? null,
    /** Gives a name to somebody known by their phone only, with the call that tells it. */
    naming: (id: string, name: string, searchText: string): Bound<unknown>[] => [
      bind(nameCaller, { id, name, searchText }),
    ],
    /** Writes for the first call of a phone. */
    firstCalling: (
      phone: string,
      caller: Omit<NewContact, "notes" | "createdAt" | "updatedAt"> & { at: Date },
    ): Bound<unknown>[] => [
      bind(addCaller, caller),
      bind(addCallerPhone, { teamId: caller.teamId, phone, id: caller.id }),
      bind(dropPhoneless, { id: caller.id }),
    ],

    byId: async (scope: Scope, id: string) =>
      (await withPhones(await full().where(and(eq(contacts.id, id), within(scope)))))[0] ?? null,
    /** By name, those without one last, after the cursor. Each word is somewhere in the name or the phones. */
    page: async (
      scope: Scope,
      words: string[],
      after: { name: string; id: string } | null,
      limit: number,
    ) => {
      const found = and(within(scope), ...words.map((word) => like(contacts.searchText, `%${word}%`)));
      const named =
        after?.name === ""
          ? []
          : await full()
              .where(
                and(
                  found,
                  gt(contacts.name, ""),
                  after ? sql`(${contacts.name}, ${contacts.id}) > (${after.name}, ${after.id})` : undefined,
                ),
              )
              .orderBy(asc(contacts.name), asc(contacts.id))
              .limit(limit);
      const nameless =
        named.length === limit
          ? []
          : await full()
              .where(
                and(found, eq(contacts.name, ""), after?.name === "" ? gt(contacts.id, after.id) : undefined),
              )
              .orderBy(asc(contacts.id))
              .limit(limit - named.length);
      return withPhones([...named, ...nameless]);
    },

    /** @throws where the id or a phone is taken */
    add: (contact: NewContact & { phones: string[] }) => store.together((db) => adding(db, contact)),
    /** @throws where a phone is taken */
    change: (teamId: string, id: string, edit: ContactEdit) =>
      store.together((db) => changing(db, teamId, id, edit)),

    /** The contacts of a team that have one of these phones. */
    holders: async (teamId: string, phones: string[]) => {
      if (phones.length === 0) return [];
      const ids = db
        .select({ id: contactPhones.contactId })
        .from(contactPhones)
        .where(and(eq(contactPhones.teamId, teamId), inArray(contactPhones.phone, phones)));
      return withPhones(
        await db.select({ contact: contacts }).from(contacts).where(inArray(contacts.id, ids)),
      );
    },
    /** New ones and changed ones together. @throws where a phone was taken meanwhile */
    takeAll: (
      teamId: string,
      added: (NewContact & { phones: string[] })[],
      changed: { id: string; edit: ContactEdit }[],
    ) =>
      store.together((db) => [
        ...(added.length === 0
          ? []
          : [db.insert(contacts).values(added.map(({ phones: _, ...contact }) => contact))]),
        ...(added.length === 0
          ? []
          : [
              db
                .insert(contactPhones)
                .values(
                  added.flatMap(({ id, phones }) =>
                    phones.map((phone, position) => ({ teamId, phone, contactId: id, position })),
                  ),
                ),
            ]),
        ...changed.flatMap(({ id, edit }) => changing(db, teamId, id, edit)),
      ]),

    teamByName: async (name: string) =>
      (await db.select({ id: teams.id, siteId: teams.siteId }).from(teams).where(eq(teams.name, name)))[0] ??
      null,
  };
}
