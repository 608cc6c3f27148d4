import type { Scope } from "../db/within-scope.ts";
import type { Actor } from "../http/context.ts";

export type { Scope };

/** All that this person may see: an agent the own, a supervisor the own teams', executives and admins all. */
export function scopeOf(actor: Actor): Scope {
  // what a key may read at all its scopes say
  if (actor.kind === "key") return { by: "all" };
  // a PC or its panel stays with its agent's own calls, whatever else that person may see in a browser
  if (actor.kind !== "browser" || actor.role === "agent") return { by: "agent", id: actor.userId };
  if (actor.role === "supervisor") return { by: "teams", ids: actor.teamIds };
  return { by: "all" };
}

/** A key under which two people see the same. */
export const scopeKey = (scope: Scope): string =>
  scope.by === "all" ? "all" : `${scope.by}:${scope.by === "teams" ? scope.ids.toSorted().join() : scope.id}`;
