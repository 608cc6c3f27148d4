import type { Language, Role } from "#contract";
import type { sqlite } from "../dialects.ts";

/** Who there is, where they belong, how they sign in, and what was set. */
export function peopleTables({ table, text, integer, flag, instant, json, primaryKey }: typeof sqlite) {
  const sites = table("sites", {
    id: text("id").primaryKey(),
    name: text("name").notNull().unique(),
    timeZone: text("time_zone").notNull(),
  });

  const teams = table("teams", {
    id: text("id").primaryKey(),
    name: text("name").notNull().unique(),
    siteId: text("site_id")
      .notNull()
      .references(() => sites.id),
    /** Whether the team's PCs may write down what is said; who switched it last, and when. */
    listening: flag("listening").notNull().default(false),
    listeningChangedBy: text("listening_changed_by"),
    listeningChangedAt: instant("listening_changed_at"),
    /** What each of its agents should reach in a day; null where there is no goal. */
    goalCalls: integer("goal_calls"),
    goalSales: integer("goal_sales"),
  });

  /** Teams that a supervisor has besides their own one. */
  const supervisedTeams = table(
    "supervised_teams",
    {
      userId: text("user_id").notNull(),
      teamId: text("team_id")
        .notNull()
        .references(() => teams.id),
    },
    (rows) => [primaryKey({ columns: [rows.userId, rows.teamId] })],
  );

  const users = table("users", {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull().unique(),
    passwordHash: text("password_hash").notNull(),
    role: text("role").$type<Role>().notNull(),
    teamId: text("team_id")
      .notNull()
      .references(() => teams.id),
    language: text("language").$type<Language>().notNull(),
    active: flag("active").notNull(),
    createdAt: instant("created_at").notNull(),
    /** What the agent last declared, and since when. */
    state: text("state").$type<"available" | "paused" | "offline">().notNull(),
    stateReason: text("state_reason"),
    stateSince: instant("state_since").notNull(),
    /** Up to here the figures know this person's time; what came after it is still going on. */
    timeKnownUntil: instant("time_known_until"),
    /** Kinds of alerts that this person does not want to see, joined by spaces. */
    mutedAlerts: text("muted_alerts").notNull().default(""),
    /** When the password was last set, by its owner or by an admin's one-time code. */
    passwordSetAt: instant("password_set_at"),
  });

  const sessions = table("sessions", {
    /** SHA-256 of the token, hex; the token itself is nowhere. */
    tokenHash: text("token_hash").primaryKey(),
    kind: text("kind").$type<"browser" | "device" | "panel">().notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    device: text("device"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    /** What a person sees of it in the list of sessions: never the hash. */
    id: text("id").notNull().default(""),
    lastSeenAt: instant("last_seen_at"),
    address: text("address"),
    browser: text("browser"),
  });

  /** Pairing codes and panel tickets: secrets that work once. */
  const passes = table("passes", {
    hash: text("hash").primaryKey(),
    kind: text("kind").$type<"pairing" | "panel" | "reset">().notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  });

  /** What an admin has set; a name that is absent has its default. */
  const settings = table("settings", {
    name: text("name").primaryKey(),
    /** In an object, because a driver may take a lone string for JSON and read it twice. */
    value: json("value").$type<{ is: unknown }>().notNull(),
    changedBy: text("changed_by"),
    changedAt: instant("changed_at").notNull(),
  });

  return { sites, teams, supervisedTeams, users, sessions, passes, settings };
}
