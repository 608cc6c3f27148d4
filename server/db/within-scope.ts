import { eq, inArray, type AnyColumn, type SQL } from "drizzle-orm";

/** Whose calls and recordings a person may see. Every query that shows some goes through it. */
export type Scope =
  | { by: "agent" | "site"; id: string }
  | { by: "teams"; ids: readonly string[] }
  | { by: "all" };

/** The rows of a table that a scope holds; undefined where it holds all. */
export function withinScope(
  scope: Scope,
  { agent, team, site }: Record<"agent" | "team" | "site", AnyColumn>,
): SQL | undefined {
  if (scope.by === "agent") return eq(agent, scope.id);
  if (scope.by === "teams") return inArray(team, [...scope.ids]);
  return scope.by === "site" ? eq(site, scope.id) : undefined;
}
