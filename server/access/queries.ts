import { and, asc, desc, eq, exists, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { ApiScope } from "#contract";
import { browsersBut } from "../db/browsers.ts";
import { rowsOf, type Store } from "../db/store.ts";

/** What is shown of sessions. */
const LISTED = ["browser", "device"] as const;

/** What the access room asks of the database: attempts, sessions, keys. */
export function accessQueries(store: Store) {
  const { db } = store;
  const { attempts, sessions, apiKeys, users } = store.tables;

  const live = (now: Date) =>
    and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)));

  return {
    /**
     * Counts a try for each key, and gives how often each was tried since its count began, and until when it is locked.
     * A count begins anew `windowMs` after its first try, when a lock has ended, and when the clock was set back further
     * than that; old ones are swept away.
     */
    tried: async (keys: string[], now: Date, windowMs: number, keptMs: number) => {
      const at = sql.param(now, attempts.since);
      const from = sql.param(new Date(now.getTime() - windowMs), attempts.since);
      const soon = sql.param(new Date(now.getTime() + windowMs), attempts.since);
      const locked = sql`(${attempts.lockedUntil} > ${at} and ${attempts.since} < ${soon})`;
      const goesOn = sql`(${locked} or (${attempts.lockedUntil} is null and ${attempts.since} > ${from} and ${attempts.since} < ${soon}))`;
      const [, rows] = await store.together((db) => [
        db.delete(attempts).where(lt(attempts.since, new Date(now.getTime() - keptMs))),
        db
          .insert(attempts)
          .values(keys.map((key) => ({ key, count: 1, since: now })))
          .onConflictDoUpdate({
            target: attempts.key,
            set: {
              count: sql`case when ${goesOn} then ${attempts.count} + 1 else 1 end`,
              since: sql`case when ${goesOn} then ${attempts.since} else ${at} end`,
              lockedUntil: sql`case when ${locked} then ${attempts.lockedUntil} else null end`,
            },
          })
          .returning({ key: attempts.key, count: attempts.count, lockedUntil: attempts.lockedUntil }),
      ]);
      return rowsOf<{ key: string; count: number; lockedUntil: Date | null }>(rows);
    },
    /** Locks a key that is not locked yet; whether this did it. */
    lock: async (key: string, until: Date) => {
      const [rows] = await store.together((db) => [
        db
          .update(attempts)
          .set({ lockedUntil: until })
          .where(and(eq(attempts.key, key), isNull(attempts.lockedUntil)))
          .returning({ key: attempts.key }),
      ]);
      return rowsOf(rows).length > 0;
    },
    /** A try was right: its account begins anew, its address gets this one try back. */
    forgive: (account: string | null, address: string | null) =>
      store.together((db) => [
        ...(account === null ? [] : [db.delete(attempts).where(eq(attempts.key, account))]),
        ...(address === null
          ? []
          : [
              db
                .update(attempts)
                .set({ count: sql`${attempts.count} - 1` })
                .where(and(eq(attempts.key, address), gt(attempts.count, 0))),
            ]),
      ]),
    locked: (now: Date) =>
      db
        .select({ key: attempts.key, until: attempts.lockedUntil })
        .from(attempts)
        .where(gt(attempts.lockedUntil, now)),

    /** Somebody's browsers and PCs, the last used first. */
    sessions: (userId: string, now: Date) =>
      db
        .select({
          id: sessions.id,
          tokenHash: sessions.tokenHash,
          kind: sessions.kind,
          device: sessions.device,
          browser: sessions.browser,
          address: sessions.address,
          createdAt: sessions.createdAt,
          lastSeenAt: sessions.lastSeenAt,
        })
        .from(sessions)
        .where(and(eq(sessions.userId, userId), inArray(sessions.kind, LISTED), gt(sessions.expiresAt, now)))
        .orderBy(desc(sessions.lastSeenAt), desc(sessions.createdAt)),
    /** Ends one; a PC's end is the end of the panels that it opened. Gives its kind; null where there is none. */
    endSession: async (userId: string, id: string) => {
      const own = and(eq(sessions.userId, userId), eq(sessions.id, id), inArray(sessions.kind, LISTED));
      const isPc = db
        .select({ id: sessions.id })
        .from(sessions)
        .where(and(own, eq(sessions.kind, "device")));
      const [, rows] = await store.together((db) => [
        db.delete(sessions).where(and(eq(sessions.userId, userId), eq(sessions.kind, "panel"), exists(isPc))),
        db.delete(sessions).where(own).returning({ kind: sessions.kind }),
      ]);
      return rowsOf<{ kind: (typeof LISTED)[number] }>(rows)[0]?.kind ?? null;
    },
    /** Ends all browsers of somebody but the one with this token. Gives how many. */
    endBrowsers: async (userId: string, keep: string | null) => {
      const [rows] = await store.together((db) => [
        db
          .delete(sessions)
          .where(browsersBut(sessions, userId, keep))
          .returning({ id: sessions.id }),
      ]);
      return rowsOf(rows).length;
    },

    addKey: (row: {
      id: string;
      keyHash: string;
      name: string;
      scopes: ApiScope[];
      createdBy: string;
      createdAt: Date;
      expiresAt: Date | null;
    }) => store.together((db) => [db.insert(apiKeys).values(row)]),
    /** Those that were not revoked, in the order in which they were made. */
    keys: () =>
      db
        .select({
          id: apiKeys.id,
          name: apiKeys.name,
          scopes: apiKeys.scopes,
          createdBy: users.name,
          createdAt: apiKeys.createdAt,
          expiresAt: apiKeys.expiresAt,
          lastUsedAt: apiKeys.lastUsedAt,
        })
        .from(apiKeys)
        .innerJoin(users, eq(users.id, apiKeys.createdBy))
        .where(isNull(apiKeys.revokedAt))
        .orderBy(asc(apiKeys.id)),
    keyByHash: async (keyHash: string, now: Date) =>
      (
        await db
          .select({
            id: apiKeys.id,
            name: apiKeys.name,
            scopes: apiKeys.scopes,
            createdBy: apiKeys.createdBy,
            lastUsedAt: apiKeys.lastUsedAt,
          })
          .from(apiKeys)
          .where(and(eq(apiKeys.keyHash, keyHash), live(now)))
      )[0] ?? null,
    keyUsed: (id: string, now: Date) =>
      store.together((db) => [db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, id))]),
    /** Whether there was such a key. */
    revokeKey: async (id: string, now: Date) => {
      const [rows] = await store.together((db) => [
        db
          .update(apiKeys)
          .set({ revokedAt: now })
          .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
          .returning({ id: apiKeys.id }),
      ]);
      return rowsOf(rows).length > 0;
    },
  };
}
