import { and, asc, desc, eq, inArray, lt, ne, notInArray, or, sql } from "drizzle-orm";
import type { JobKind } from "#contract";
import { rowsOf, type Store } from "../db/store.ts";
import type { Tables } from "../db/schema.ts";

export type JobRow = Tables["jobs"]["$inferSelect"];
/** What a job leaves when it ends. */
export type JobEnding = Pick<JobRow, "state" | "endedAt" | "expiresAt"> &
  Partial<Pick<JobRow, "done" | "total" | "file" | "fileName" | "bytes" | "sha256" | "error">>;

/** What the jobs room asks of the database. */
export function jobQueries(store: Store) {
  const { db } = store;
  const { jobs, users } = store.tables;
  const waiting = ["queued", "running"] as const;

  return {
    add: (row: typeof jobs.$inferInsert) => store.together((on) => [on.insert(jobs).values(row)]),
    /** The oldest that waits and is of these kinds. */
    next: async (kinds: JobKind[]): Promise<JobRow | null> =>
      (
        await db
          .select()
          .from(jobs)
          .where(and(eq(jobs.state, "queued"), inArray(jobs.kind, kinds)))
          .orderBy(asc(jobs.createdAt), asc(jobs.id))
          .limit(1)
      )[0] ?? null,
    /** Whether this is who runs it: another node may have been faster. */
    claim: async (id: string, startedAt: Date): Promise<boolean> => {
      const [rows] = await store.together((on) => [
        on
          .update(jobs)
          .set({ state: "running", startedAt, done: 0, total: null })
          .where(and(eq(jobs.id, id), eq(jobs.state, "queued")))
          .returning({ id: jobs.id }),
      ]);
      return rowsOf(rows).length > 0;
    },
    progress: (id: string, done: number, total: number | null) =>
      store.together((on) => [
        on
          .update(jobs)
          .set({ done, total })
          .where(and(eq(jobs.id, id), eq(jobs.state, "running"))),
      ]),
    /** Ends it unless it has ended; whether this did it. */
    end: async (id: string, ending: JobEnding): Promise<boolean> => {
      const [rows] = await store.together((on) => [
        on
          .update(jobs)
          .set(ending)
          .where(and(eq(jobs.id, id), inArray(jobs.state, [...waiting])))
          .returning({ id: jobs.id }),
      ]);
      return rowsOf(rows).length > 0;
    },
    /** What a server that stopped left in the middle waits again. */
    requeue: () =>
      store.together((on) => [on.update(jobs).set({ state: "queued" }).where(eq(jobs.state, "running"))]),
    setInput: (id: string, input: unknown) =>
      store.together((on) => [on.update(jobs).set({ input }).where(eq(jobs.id, id))]),
    remove: (id: string) => store.together((on) => [on.delete(jobs).where(eq(jobs.id, id))]),
    byId: async (id: string): Promise<JobRow | null> =>
      (await db.select().from(jobs).where(eq(jobs.id, id)))[0] ?? null,
    /** Somebody's, newest first. */
    of: (userId: string, kind: JobKind | undefined, limit: number): Promise<JobRow[]> =>
      db
        .select()
        .from(jobs)
        .where(and(eq(jobs.userId, userId), kind && eq(jobs.kind, kind)))
        .orderBy(desc(jobs.createdAt), desc(jobs.id))
        .limit(limit),
    /** Reports of these teams that others asked for and that are done, with who did, newest first; or just one. */
    ofTeams: (teamIds: readonly string[], reader: string, limit: number, id?: string) =>
      db
        .select({ row: jobs, by: users.name })
        .from(jobs)
        .innerJoin(users, eq(users.id, jobs.userId))
        .where(
          and(
            eq(jobs.state, "done"),
            eq(jobs.kind, "export"),
            ne(jobs.userId, reader),
            inArray(sql`${jobs.input} ->> 'teamId'`, [...teamIds]),
            id === undefined ? undefined : eq(jobs.id, id),
          ),
        )
        .orderBy(desc(jobs.createdAt), desc(jobs.id))
        .limit(limit),
    /** How many of somebody's wait or run. */
    underWay: async (userId: string): Promise<number> =>
      (
        await db
          .select({ id: jobs.id })
          .from(jobs)
          .where(and(eq(jobs.userId, userId), inArray(jobs.state, [...waiting])))
      ).length,
    /** Those whose time is over. */
    expired: (now: Date): Promise<{ id: string }[]> =>
      db.select({ id: jobs.id }).from(jobs).where(lt(jobs.expiresAt, now)),
    /** All but the erasures that wait or run; with a person those of theirs. */
    discardable: async (userId?: string): Promise<string[]> =>
      (
        await db
          .select({ id: jobs.id })
          .from(jobs)
          .where(
            and(
              or(ne(jobs.kind, "erasure"), notInArray(jobs.state, [...waiting])),
              userId === undefined ? undefined : eq(jobs.userId, userId),
            ),
          )
      ).map(({ id }) => id),
  };
}
