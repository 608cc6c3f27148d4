import { eq, inArray, sql, type AnyColumn, type Placeholder, type SQL } from "drizzle-orm";

/** Whose calls and recordings a person may see. Every query that shows some goes through it. */
export type Scope = ScopeOf<string>;
/** A scope in a prepared query, with places for its ids. */
export type PlacedScope = ScopeOf<Placeholder>;
type ScopeOf<Id> = { by: "agent" | "site"; id: Id } | { by: "teams"; ids: readonly Id[] } | { by: "all" };

/** The rows of a table that a scope holds; undefined where it holds all. */
export function withinScope(
  scope: Scope | PlacedScope,
  { agent, team, site }: Record<"agent" | "team" | "site", AnyColumn | SQL>,
): SQL | undefined {
  if (scope.by === "agent") return eq(sql`${agent}`, scope.id);
  if (scope.by === "teams") return inArray(sql`${team}`, [...scope.ids]);
  return scope.by === "site" ? eq(sql`${site}`, scope.id) : undefined;
}

/**
 * The same for rows of which there are few, such as open calls: an agent's are looked for among them, because SQLite
 * would take the index of all that the agent ever had.
 */
export const withinFew = (
  scope: PlacedScope,
  columns: Record<"agent" | "team" | "site", AnyColumn>,
): SQL | undefined => withinScope(scope, { ...columns, agent: sql`${columns.agent} || ''` });

/** A list of ids for a prepared query: its form, its places in the SQL, and what comes there. */
export const listed = (ids: readonly string[], name = "id") => ({
  form: String(ids.length),
  places: ids.map((_, i) => sql.placeholder(`${name}${i}`)),
  values: Object.fromEntries(ids.map((id, i) => [`${name}${i}`, id])),
});

/** More ids than this are not worth a form of a query of their own: reading all is. */
const FEW = 20;

/** These agents alone, where there are few, beside a scope in a prepared query; else no condition. */
export function among(agentIds: ReadonlySet<string> | undefined) {
  if (!agentIds || agentIds.size > FEW) return { form: "", values: {}, one: () => undefined };
  const { form, places, values } = listed([...agentIds], "agent");
  return { form: `_of_${form}`, values, one: (agent: AnyColumn | SQL) => inArray(sql`${agent}`, places) };
}

/** The same for a scope: `places` is the scope with places for its ids. */
export function placed(scope: Scope): {
  form: string;
  places: PlacedScope;
  values: Record<string, string>;
} {
  if (scope.by === "all") return { form: "all", places: scope, values: {} };
  const { form, places, values } = listed(scope.by === "teams" ? scope.ids : [scope.id]);
  if (scope.by === "teams") return { form: `teams_${form}`, places: { by: "teams", ids: places }, values };
  return { form: scope.by, places: { by: scope.by, id: sql.placeholder("id0") }, values };
}
