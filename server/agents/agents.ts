import type { z } from "zod";
import type { AgentRow, captureInput, stateInput } from "#contract";
import { scopeOf, type Scope } from "../auth/scope.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { agentFiguresOf, NOTHING } from "../stats/figures.ts";
import type { Board } from "../stats/stats.ts";
import type { Calls } from "../calls/calls.ts";
import type { Present } from "../time/presence/presence.ts";
import type { Time } from "../time/time.ts";
import { agentQueries } from "./queries.ts";

export type Agents = ReturnType<typeof createAgents>;

/** Who is there, in which state, since when; and what a scope's name means. */
export function createAgents({ store, bus, config }: Deps, { calls, time }: { calls: Calls; time: Time }) {
  const queries = agentQueries(store);

  async function siteOf(actor: Actor, scope: Scope): Promise<string | null> {
    if (scope.by === "agent")
      return scope.id === actor.userId ? null : ((await queries.place(scope.id))?.siteId ?? null);
    if (scope.by === "teams")
      return scope.ids.includes(actor.teamId) ? null : queries.siteOfTeam(scope.ids[0] ?? "");
    return scope.by === "site" ? scope.id : null;
  }

  return {
    /** What an agent declares of themself. `on_call` and `wrap_up` follow from the calls instead. */
    async declare(actor: Actor, { state, reason, at }: z.output<typeof stateInput>): Promise<void> {
      await time.declare(actor.userId, state, reason ?? null, at);
      bus.publish({ kind: "agent", agentId: actor.userId });
    },

    /** Whether both sides of the call in progress are recorded. @throws not_found */
    capture: (actor: Actor, input: z.output<typeof captureInput>) => calls.capture(actor, input),

    /** The rows of «Mi equipo», in the order in which they are present. */
    rows: ({ present, byAgent }: Pick<Board, "present" | "byAgent">): AgentRow[] =>
      present.map((person) => ({
        ...doing(person),
        ...(byAgent.get(person.id) ?? agentFiguresOf(NOTHING)),
      })),

    /** Where an agent belongs; null for somebody unknown. */
    place: (agentId: string) => queries.place(agentId),

    /**
     * The scope that a client named, if the actor may see it, else all that they may see.
     * @throws not_found for a team or site that does not exist or is not theirs
     */
    async named(actor: Actor, name: string | undefined): Promise<{ scope: Scope; name: string }> {
      const own = scopeOf(actor);
      if (name === "me") return { scope: { by: "agent", id: actor.userId }, name };
      if (name === undefined || (name === "all" && own.by === "all"))
        return { scope: own, name: name ?? own.by };
      const [kind, ...rest] = name.split(":");
      const wanted = rest.join(":");
      const found = kind === "team" ? await queries.teamByName(wanted) : await queries.siteByName(wanted);
      const mine =
        own.by === "all" || (own.by === "teams" && kind === "team" && own.ids.includes(found?.id ?? ""));
      if (!found || !mine) throw new AppError("not_found");
      return {
        scope: kind === "team" ? { by: "teams", ids: [found.id] } : { by: "site", id: found.id },
        name,
      };
    },

    /** The time zone whose days a scope counts in: its site's, else the first site's. */
    async timeZone(actor: Actor, scope: Scope): Promise<string> {
      if (scope.by === "all") return config.TIME_ZONE;
      const siteId = (await siteOf(actor, scope)) ?? actor.siteId;
      return (await queries.timeZone(siteId)) ?? config.TIME_ZONE;
    },

    /** Whether a scope holds this person. */
    async sees(scope: Scope, agentId: string): Promise<boolean> {
      const place = await queries.place(agentId);
      if (!place) return false;
      if (scope.by === "agent") return scope.id === agentId;
      if (scope.by === "teams") return scope.ids.includes(place.teamId);
      return scope.by === "all" || scope.id === place.siteId;
    },
  };
}

const doing = ({ id, name, team, state, reason, since, call }: Present) => ({
  id,
  name,
  team,
  state,
  reason,
  since: since.toISOString(),
  callId: call?.id ?? null,
  contact: call?.contactName ?? call?.contactPhone ?? null,
  capture:
    call?.captureAgent && call.captureCustomer
      ? { agent: call.captureAgent, customer: call.captureCustomer }
      : null,
  captureSince: call?.captureSince?.toISOString() ?? null,
});
