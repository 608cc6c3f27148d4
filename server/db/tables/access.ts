import type { ApiScope } from "#contract";
import type { sqlite } from "../dialects.ts";
import type { peopleTables } from "./people.ts";

/** Keys for other programs, and what was tried at the door. */
export function accessTables(
  { table, text, integer, instant, json, index }: typeof sqlite,
  { users }: ReturnType<typeof peopleTables>,
) {
  const apiKeys = table("api_keys", {
    id: text("id").primaryKey(),
    /** SHA-256 of the key, hex; the key itself is nowhere. */
    keyHash: text("key_hash").notNull().unique(),
    name: text("name").notNull(),
    scopes: json("scopes").$type<ApiScope[]>().notNull(),
    createdBy: text("created_by")
      .notNull()
      .references(() => users.id),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at"),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
  });

  /** How often something was tried lately, by account and by address: shared by all nodes. */
  const attempts = table(
    "attempts",
    {
      /** What and who, as a SHA-256: no e-mail address stands here. */
      key: text("key").primaryKey(),
      count: integer("count").notNull(),
      since: instant("since").notNull(),
      /** Nothing more is let through until then. */
      lockedUntil: instant("locked_until"),
    },
    (attempts) => [index("attempts_by_time").on(attempts.since)],
  );

  return { apiKeys, attempts };
}
