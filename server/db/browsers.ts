import { and, eq, ne, type SQL } from "drizzle-orm";
import type { Tables } from "./schema.ts";

/** Somebody's browsers, but for the one with this token's hash; with null all of them. */
export const browsersBut = (
  sessions: Tables["sessions"],
  userId: string,
  keep: string | null,
): SQL | undefined =>
  and(
    eq(sessions.userId, userId),
    eq(sessions.kind, "browser"),
    keep === null ? undefined : ne(sessions.tokenHash, keep),
  );
