import type { Actor } from "../http/context.ts";

/** Whose calls and recordings a person may see. Every query that shows some goes through it. */
export type Scope = { by: "agent" | "team" | "site"; id: string } | { by: "all" };

/** All that this person may see: an agent the own, a supervisor the team's, executives and admins all. */
export function scopeOf(actor: Actor): Scope {
  // a PC or its panel stays with its agent's own calls, whatever else that person may see in a browser
  if (actor.kind !== "browser" || actor.role === "agent") return { by: "agent", id: actor.userId };
  if (actor.role === "supervisor") return { by: "team", id: actor.teamId };
  return { by: "all" };
}

/** A key under which two people see the same. */
export const scopeKey = (scope: Scope): string => (scope.by === "all" ? "all" : `${scope.by}:${scope.id}`);
