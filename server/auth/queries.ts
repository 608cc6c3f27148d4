import { and, asc, eq, gt, inArray, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Role } from "#contract";
import { browsersBut } from "../db/browsers.ts";
import { bind, rowsOf, statement, type Database, type Store } from "../db/store.ts";
import type { Actor } from "../http/context.ts";

export type SessionKind = Exclude<Actor["kind"], "key">;
export type PassKind = "pairing" | "panel" | "reset";
export type NewPerson = {
  id: string;
  name: string;
  email: string;
  passwordHash: string;
  role: Role;
  language: "es" | "en";
  team: string;
  site: string;
  /** Further teams that a supervisor has. */
  teams?: string[];
};
export type PersonChange = Partial<
  Pick<NewPerson, "name" | "email" | "role" | "language"> & {
    active: boolean;
    team: string;
    teams: string[];
  }
>;

/** What the auth room asks of the database. `newId` makes the ids of sites and teams. */
export function authQueries(store: Store, newId: () => string) {
  const { db, tables } = store;
  const { users, teams, sites, sessions, passes, supervisedTeams } = tables;

  const standing = {
    userId: users.id,
    name: users.name,
    role: users.role,
    teamId: users.teamId,
    siteId: teams.siteId,
    language: users.language,
  };
  const actorByToken = statement("actor_by_token", (db) =>
    db
      .select({
        kind: sessions.kind,
        expiresAt: sessions.expiresAt,
        lastSeenAt: sessions.lastSeenAt,
        ...standing,
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .innerJoin(teams, eq(teams.id, users.teamId))
      .where(
        and(
          eq(sessions.tokenHash, sql.placeholder("tokenHash")),
          gt(sessions.expiresAt, sql.param(sql.placeholder("now"), sessions.expiresAt)),
          eq(users.active, true),
        ),
      ),
  );

  const person = {
    id: users.id,
    name: users.name,
    email: users.email,
    role: users.role,
    team: teams.name,
    site: sites.name,
    language: users.language,
    active: users.active,
  };
  const people = () =>
    db
      .select(person)
      .from(users)
      .innerJoin(teams, eq(teams.id, users.teamId))
      .innerJoin(sites, eq(sites.id, teams.siteId));

  /** The teams that people have besides their own, by name. */
  const withTeams = async <Row extends { id: string }>(
    rows: Row[],
  ): Promise<(Row & { teams: string[] })[]> => {
    const supervised =
      rows.length === 0
        ? []
        : await db
            .select({ userId: supervisedTeams.userId, name: teams.name })
            .from(supervisedTeams)
            .innerJoin(teams, eq(teams.id, supervisedTeams.teamId))
            .where(
              inArray(
                supervisedTeams.userId,
                rows.map(({ id }) => id),
              ),
            )
            .orderBy(asc(teams.name));
    return rows.map((row) => ({
      ...row,
      teams: supervised.filter(({ userId }) => userId === row.id).map(({ name }) => name),
    }));
  };
  /** Replaces the teams that somebody supervises; those that do not exist are made at the given site. */
  const supervise = (db: Database, userId: string, names: string[], site: string, timeZone: string) => [
    db.delete(supervisedTeams).where(eq(supervisedTeams.userId, userId)),
    ...names.flatMap((name) => [
      ...teamAndSite(db, { team: name, site }, timeZone),
      db
        .insert(supervisedTeams)
        .values({ userId, teamId: team(name) })
        .onConflictDoNothing(),
    ]),
  ];
  const team = (name: string) => sql<string>`(select id from teams where name = ${name})`;
  const teamAndSite = (db: Database, names: { team: string; site: string }, timeZone: string) => [
    db.insert(sites).values({ id: newId(), name: names.site, timeZone }).onConflictDoNothing(),
    db
      .insert(teams)
      .values({
        id: newId(),
        name: names.team,
        siteId: sql`(select id from sites where name = ${names.site})`,
      })
      .onConflictDoNothing(),
  ];

  const unused = (hash: string, kind: PassKind, now: Date) =>
    and(eq(passes.hash, hash), eq(passes.kind, kind), isNull(passes.usedAt), gt(passes.expiresAt, now));

  /** The team of somebody, and all others that they supervise. */
  const teamsOf = async (row: { userId: string; role: Role; teamId: string }): Promise<string[]> => {
    if (row.role !== "supervisor") return [row.teamId];
    const more = await db
      .select({ id: supervisedTeams.teamId })
      .from(supervisedTeams)
      .where(eq(supervisedTeams.userId, row.userId));
    return [...new Set([row.teamId, ...more.map(({ id }) => id)])];
  };

  return {
    actor: async (tokenHash: string, now: Date) => {
      const [row] = await store.rows(bind(actorByToken, { tokenHash, now }));
      return row ? { ...row, teamIds: await teamsOf(row) } : null;
    },
    /** Somebody as they are now, without a session; null for who is not active. */
    standing: async (userId: string) => {
      const [row] = await db
        .select(standing)
        .from(users)
        .innerJoin(teams, eq(teams.id, users.teamId))
        .where(and(eq(users.id, userId), eq(users.active, true)));
      return row ? { ...row, teamIds: await teamsOf(row) } : null;
    },

    anyone: async () => (await db.select({ id: users.id }).from(users).limit(1)).length > 0,
    people: async (after: string, limit: number) =>
      withTeams(await people().where(gt(users.id, after)).orderBy(asc(users.id)).limit(limit)),
    personById: async (id: string) => (await withTeams(await people().where(eq(users.id, id))))[0] ?? null,
    credentials: async (email: string) =>
      (
        await db
          .select({ id: users.id, passwordHash: users.passwordHash })
          .from(users)
          .where(and(eq(users.email, email), eq(users.active, true)))
      )[0] ?? null,
    siteOfTeam: async (name: string) =>
      (
        await db
          .select({ site: sites.name })
          .from(teams)
          .innerJoin(sites, eq(sites.id, teams.siteId))
          .where(eq(teams.name, name))
      )[0]?.site ?? null,
    siteOf: async (userId: string) =>
      (
        await db
          .select({ timeZone: sites.timeZone })
          .from(users)
          .innerJoin(teams, eq(teams.id, users.teamId))
          .innerJoin(sites, eq(sites.id, teams.siteId))
          .where(eq(users.id, userId))
      )[0] ?? null,
    otherAdmins: async (id: string) =>
      (
        await db
          .select({ id: users.id })
          .from(users)
          .where(and(eq(users.role, "admin"), eq(users.active, true), ne(users.id, id)))
          .limit(1)
      ).length > 0,

    addPerson: (
      { team: teamName, site, teams: supervised = [], ...row }: NewPerson,
      now: Date,
      timeZone: string,
    ) =>
      store.together((db) => [
        ...teamAndSite(db, { team: teamName, site }, timeZone),
        db.insert(users).values({
          ...row,
          teamId: team(teamName),
          active: true,
          createdAt: now,
          state: "offline",
          stateSince: now,
        }),
        ...supervise(db, row.id, supervised, site, timeZone),
      ]),
    changePerson: (
      id: string,
      { team: teamName, teams: supervised, ...change }: PersonChange,
      site: string,
      timeZone: string,
    ) =>
      store.together((db) => [
        ...(teamName === undefined ? [] : teamAndSite(db, { team: teamName, site }, timeZone)),
        db
          .update(users)
          .set({ ...change, id, ...(teamName !== undefined && { teamId: team(teamName) }) })
          .where(eq(users.id, id)),
        ...(supervised === undefined ? [] : supervise(db, id, supervised, site, timeZone)),
        ...(change.active === false
          ? [
              db.delete(sessions).where(eq(sessions.userId, id)),
              db.delete(passes).where(eq(passes.userId, id)),
            ]
          : []),
      ]),
    /**
     * Sets a password; the owner's browsers are signed out, but for the one with this session, and a code that would
     * set it once more ends.
     */
    setPassword: (userId: string, passwordHash: string, now: Date, keep: string | null) =>
      store.together((db) => [
        db.update(users).set({ passwordHash, passwordSetAt: now }).where(eq(users.id, userId)),
        db.delete(sessions).where(browsersBut(sessions, userId, keep)),
        db.delete(passes).where(and(eq(passes.userId, userId), eq(passes.kind, "reset"))),
      ]),
    /** The e-mail of everybody who can sign in. */
    emails: () => db.select({ id: users.id, email: users.email }).from(users).where(eq(users.active, true)),

    addSession: (row: {
      tokenHash: string;
      kind: SessionKind;
      userId: string;
      device: string | null;
      createdAt: Date;
      expiresAt: Date;
      address?: string | null;
      browser?: string | null;
    }) =>
      store.together((db) => [
        db.delete(sessions).where(lt(sessions.expiresAt, row.createdAt)),
        db.insert(sessions).values({ ...row, id: newId(), lastSeenAt: row.createdAt }),
      ]),
    /** The session is in use: it lives on, and its list shows when and from where. */
    seen: (tokenHash: string, change: { lastSeenAt: Date; address: string | null; expiresAt: Date }) =>
      store.together((db) => [db.update(sessions).set(change).where(eq(sessions.tokenHash, tokenHash))]),
    endSession: (tokenHash: string) =>
      store.together((db) => [db.delete(sessions).where(eq(sessions.tokenHash, tokenHash))]),

    addPass: (row: { hash: string; kind: PassKind; userId: string; expiresAt: Date }, now: Date) =>
      store.together((db) => [
        db
          .delete(passes)
          .where(
            or(
              lt(passes.expiresAt, now),
              and(eq(passes.kind, row.kind), ne(passes.kind, "panel"), eq(passes.userId, row.userId)),
            ),
          ),
        db.insert(passes).values(row),
      ]),
    /** Whose pass this is; null when it was used before or has expired. */
    holderOf: async (hash: string, kind: PassKind, now: Date) =>
      (
        await db
          .select({ userId: passes.userId })
          .from(passes)
          .where(unused(hash, kind, now))
      )[0]?.userId ?? null,
    /** Marks the pass as used, and tells whose it was; null when it was used before or has expired. */
    usePass: async (hash: string, kind: PassKind, now: Date) => {
      const [rows] = await store.together((db) => [
        db
          .update(passes)
          .set({ usedAt: now })
          .where(unused(hash, kind, now))
          .returning({ userId: passes.userId }),
      ]);
      return rowsOf<{ userId: string }>(rows)[0]?.userId ?? null;
    },
  };
}
