import { eq, inArray, sql, type AnyColumn, type SQL } from "drizzle-orm";

/** Whose calls and recordings a person may see. Every query that shows some goes through it. */
export type Scope =
  | { by: "agent" | "site"; id: string }
  | { by: "teams"; ids: readonly string[] }
  | { by: "all" };

/** The rows of a table that a scope holds; undefined where it holds all. */
export function withinScope(
  scope: Scope,
  { agent, team, site }: Record<"agent" | "team" | "site", AnyColumn | SQL>,
): SQL | undefined {
  if (scope.by === "agent") return eq(sql`${agent}`, scope.id);
  if (scope.by === "teams") return inArray(sql`${team}`, [...scope.ids]);
  return scope.by === "site" ? eq(sql`${site}`, scope.id) : undefined;
}
