import type { z } from "zod";
import type { AgentRow, Call, captureInput, stateInput, Totals } from "#contract";
import { scopeOf, type Scope } from "../auth/scope.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { NO_CALLS, withRate } from "../stats/stats.ts";
import type { Calls } from "../calls/calls.ts";
import { agentQueries } from "./queries.ts";

export type Agents = ReturnType<typeof createAgents>;

/** A wrap-up that nobody ended does not hold an agent for longer than this. */
const WRAP_UP_MS = 30 * 60_000;

/** Who is there, in which state, since when; and what a scope's name means. */
export function createAgents({ store, clock, bus, config }: Deps, calls: Calls) {
  const queries = agentQueries(store);

  return {
    /** What an agent declares of themself. `on_call` and `wrap_up` follow from the calls instead. */
    async declare(actor: Actor, { state, reason }: z.output<typeof stateInput>): Promise<void> {
      await queries.declare(actor.userId, state, reason ?? null, clock());
      bus.publish({ kind: "agent", agentId: actor.userId });
    },

    /** Whether both sides of the call in progress are recorded. @throws not_found */
    capture: (actor: Actor, input: z.output<typeof captureInput>) => calls.capture(actor, input),

    /** The rows of «Mi equipo». `byAgent` has today's figures. */
    async rows(scope: Scope, byAgent: Map<string, Totals>): Promise<AgentRow[]> {
      const now = clock();
      const since = new Date(now.getTime() - WRAP_UP_MS);
      const [people, open, wrapping] = await Promise.all([
        queries.agents(scope),
        calls.open(scope),
        calls.wrappingUp(scope, new Date(since.getTime() - 3_600_000)),
      ]);
      const callOf = new Map(open.map((call) => [call.agentId, call]));
      const wrapUpOf = new Map(
        wrapping.flatMap(({ agentId, endedAt }) =>
          endedAt && endedAt > since ? [[agentId, endedAt] as const] : [],
        ),
      );
      return people.map(({ id, name, team, state, reason, since: declaredAt }) => {
        const figures = byAgent.get(id) ?? withRate(NO_CALLS);
        const doing = current({ state, reason, since: declaredAt }, callOf.get(id), wrapUpOf.get(id));
        return { id, name, team, ...doing, ...figuresOf(figures) };
      });
    },

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
      const siteId = scope.by === "site" ? scope.id : actor.siteId;
      return (await queries.timeZones([siteId]))[0]?.timeZone ?? config.TIME_ZONE;
    },
  };
}

type Doing = Pick<AgentRow, "state" | "reason" | "since" | "callId" | "contact" | "capture" | "captureSince">;

function current(
  declared: { state: "available" | "paused" | "offline"; reason: string | null; since: Date },
  call: Call | undefined,
  wrapUpSince: Date | undefined,
): Doing {
  const idle = { callId: null, contact: null, capture: null, captureSince: null };
  if (call) {
    const contact = call.contact.name ?? call.contact.phone;
    return {
      state: "on_call",
      reason: null,
      since: call.startedAt,
      callId: call.id,
      contact,
      capture: call.capture,
      captureSince: null,
    };
  }
  if (wrapUpSince && declared.state !== "offline")
    return { state: "wrap_up", reason: null, since: wrapUpSince.toISOString(), ...idle };
  return { state: declared.state, reason: declared.reason, since: declared.since.toISOString(), ...idle };
}

const figuresOf = ({ calls, contacts, sales, successRate, talkSeconds, aiAsks, occupancy }: Totals) => ({
  calls,
  contacts,
  sales,
  successRate,
  talkSeconds,
  aiAsks,
  occupancy,
});
