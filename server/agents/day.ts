import type { z } from "zod";
import {
  agentState,
  type AgentDay,
  type AgentState,
  type Correction,
  type forgottenState,
  type stateCorrection,
} from "#contract";
import type { Audit } from "../audit/audit.ts";
import { scopeOf } from "../auth/scope.ts";
import { addDays, dayOf, startOfDay } from "../db/time.ts";
import { isUniqueViolation } from "../db/violations.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { StatsRoom } from "../stats/stats.ts";
import type { StateRow, Time } from "../time/time.ts";
import type { Agents } from "./agents.ts";
import { agentQueries } from "./queries.ts";

export type Days = ReturnType<typeof createDays>;
type Rooms = { time: Time; stats: StatsRoom; agents: Agents; audit: Pick<Audit, "note"> };

/** An agent's day, the same for the agent and for their supervisor, who can correct what was declared. */
export function createDays({ store, clock, newId, bus }: Deps, { time, stats, agents, audit }: Rooms) {
  const queries = agentQueries(store);

  /** @throws not_found for somebody whom the actor does not see */
  async function seen(actor: Actor, agentId: string) {
    const found = await queries.teamOf(agentId);
    if (!found || !(await agents.sees(scopeOf(actor), agentId))) throw new AppError("not_found");
    return found;
  }

  async function dayOfAgent(actor: Actor, agentId: string, wanted?: string): Promise<AgentDay> {
    const { teamId, timeZone, goalCalls, goalSales } = await seen(actor, agentId);
    const now = clock();
    const today = dayOf(now, timeZone);
    const day = wanted ?? today;
    const [from, to] = [startOfDay(day, timeZone), startOfDay(addDays(day, 1), timeZone)];
    const [{ stretches, corrections }, callbacks, usual] = await Promise.all([
      time.span(agentId, from, to),
      queries.callbacks(agentId, from, to),
      stats.usual(teamId, timeZone, day, day === today ? now : null),
    ]);
    const corrected = new Set(corrections.map(({ subjectId }) => subjectId));
    const totals = Object.fromEntries(agentState.options.map((state) => [state, 0])) as Record<
      AgentState,
      number
    >;
    const pauses = new Map<string, number>();
    for (const stretch of stretches) {
      const ms = stretch.to - stretch.from;
      totals[stretch.state] += ms;
      if (stretch.state === "paused" && stretch.reason !== null)
        pauses.set(stretch.reason, (pauses.get(stretch.reason) ?? 0) + ms);
    }
    return {
      agentId,
      day,
      timeZone,
      stretches: stretches.map((stretch) => ({
        ...stretch,
        from: new Date(stretch.from).toISOString(),
        to: stretch.to === now.getTime() ? null : new Date(stretch.to).toISOString(),
        corrected: corrected.has(stretch.stateId ?? stretch.callId ?? ""),
      })),
      totals: Object.fromEntries(
        agentState.options.map((state) => [state, Math.round(totals[state] / 1000)]),
      ) as Record<AgentState, number>,
      pauses: [...pauses].map(([reason, ms]) => ({ reason, seconds: Math.round(ms / 1000) })),
      goals: { calls: goalCalls, sales: goalSales },
      usual,
      callbacks,
      corrections,
    };
  }

  /** Writes a state as a supervisor says it was, with what was there before. @throws invalid, state_there */
  async function correct(actor: Actor, before: StateRow | null, after: StateRow, why: string): Promise<void> {
    if (after.state === "paused" && after.reason === null) throw invalid("reason", "a pause needs a reason");
    if (after.since > clock()) throw invalid("since", "in the future");
    const row = { ...after, reason: after.state === "paused" ? after.reason : null };
    if (before && same(before, row)) return;
    const correction = {
      id: newId(),
      subjectId: row.id,
      agentId: row.agentId,
      before: before ? valuesOf(before) : {},
      after: valuesOf(row),
      why,
      by: actor.userId,
      at: clock(),
    };
    await time.correct(row, correction, before?.since ?? row.since).catch((cause: unknown) => {
      throw isUniqueViolation(cause) ? new AppError("state_there", { cause }) : cause;
    });
    await audit.note(actor, { action: "state_corrected", subject: { kind: "user", id: row.agentId } });
    bus.publish({ kind: "agent", agentId: row.agentId });
  }

  return {
    /** @throws not_found */
    get: dayOfAgent,

    /** Adds a state that the agent forgot to declare. @throws not_found, invalid, id_taken, state_there */
    async add(actor: Actor, agentId: string, input: z.output<typeof forgottenState>): Promise<AgentDay> {
      const { timeZone } = await seen(actor, agentId);
      const { why, ...rest } = input;
      const row = { ...rest, agentId, since: new Date(input.since) };
      const known = await time.state(row.id);
      if (known && !same(known, row)) throw new AppError("id_taken");
      if (!known) await correct(actor, null, row, why);
      return dayOfAgent(actor, agentId, dayOf(row.since, timeZone));
    },

    /** Corrects what an agent declared. @throws not_found, invalid, state_there */
    async change(
      actor: Actor,
      agentId: string,
      stateId: string,
      input: z.output<typeof stateCorrection>,
    ): Promise<AgentDay> {
      const { timeZone } = await seen(actor, agentId);
      const before = await time.state(stateId);
      if (before?.agentId !== agentId) throw new AppError("not_found");
      const { state = before.state, reason = before.reason, why } = input;
      const since = input.since === undefined ? before.since : new Date(input.since);
      await correct(actor, before, { ...before, state, reason, since }, why);
      return dayOfAgent(actor, agentId, dayOf(since, timeZone));
    },
  };
}

const invalid = (path: string, message: string) => new AppError("invalid", { errors: [{ path, message }] });
const valuesOf = ({ state, reason, since }: StateRow): Correction["before"] => ({
  state,
  reason,
  since: since.toISOString(),
});
const same = (a: StateRow, b: StateRow): boolean =>
  a.agentId === b.agentId &&
  a.state === b.state &&
  a.reason === b.reason &&
  a.since.getTime() === b.since.getTime();
