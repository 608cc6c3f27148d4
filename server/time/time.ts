import type { Correction, DeclaredState } from "#contract";
import type { Scope } from "../db/within-scope.ts";
import type { Deps } from "../deps.ts";
import { createAccounting } from "./accounting/accounting.ts";
import { readingHistory, stretchesIn } from "./history.ts";
import { createPresence, type Present } from "./presence/presence.ts";
import { timeQueries, type CorrectionRow, type StateRow } from "./queries.ts";
import type { StretchOf } from "./stretches.ts";
import { createWrapUps } from "./wrap-ups.ts";

export type { StateRow } from "./queries.ts";
export type Time = ReturnType<typeof createTime>;

/** How old what is declared may be when it arrives: a PC sends what it kept while it was offline. */
const LATEST_MS = 7 * 86_400_000;

/** Where the time of each agent went, what they say of it themselves, and how wrap-ups end. */
export function createTime(deps: Pick<Deps, "store" | "clock" | "newId" | "log">) {
  const { store, clock, newId } = deps;
  const queries = timeQueries(store);
  const wrapUps = createWrapUps(queries);
  const presence = createPresence(deps);
  const read = readingHistory(queries);
  const accounting = createAccounting(deps, { read, presence, wrapUps });
  const { happened, settled } = accounting;

  return {
    ...accounting,
    placeAt: wrapUps.placeAt,
    wrapUpEnding: wrapUps.ending,

    /** What an agent says of themself, since `at`, which is neither in the future nor older than a week. */
    async declare(agentId: string, state: DeclaredState, reason: string | null, at?: string): Promise<void> {
      const now = clock();
      const said = at === undefined ? now.getTime() : Date.parse(at);
      const since = new Date(Math.min(now.getTime(), Math.max(said, now.getTime() - LATEST_MS)));
      await queries.declare({ id: newId(), agentId, state, reason, since }, now);
      await happened(agentId, since);
    },

    /**
     * Everybody whom a scope holds as they are now, by name; of `only` these at least. The figures know all that has
     * happened.
     */
    async present(scope: Scope, only?: ReadonlySet<string>): Promise<Present[]> {
      await settled();
      return presence.present(scope, only);
    },

    /** An agent's stretches within a span, up to now, and what was corrected of their calls and states, in order. */
    async span(
      agentId: string,
      from: Date,
      to: Date,
    ): Promise<{ stretches: StretchOf[]; corrections: Correction[] }> {
      await settled();
      const history = await read(agentId, from.getTime());
      // nothing is corrected before it has happened; the first state may have held for long
      const first = Math.min(from.getTime(), history.declared[0]?.since ?? Infinity);
      const corrected = await queries.corrections(agentId, new Date(first));
      const until = Math.min(clock().getTime(), to.getTime());
      const stretches = stretchesIn(history, until)
        .filter((one) => one.to > from.getTime())
        .map((one) => ({ ...one, from: Math.max(one.from, from.getTime()) }));
      const calls = history.calls.filter(({ startedAt }) => startedAt >= from && startedAt < to);
      const states = history.declared.filter(({ since }) => since < to.getTime());
      const subjects = new Set([...calls, ...states].map(({ id }) => id));
      const corrections = corrected
        .filter(({ correction }) => subjects.has(correction.subjectId))
        .map(({ correction: { agentId: _, ...row }, by }) => ({ ...row, by, at: row.at.toISOString() }));
      return { stretches, corrections };
    },

    /** What an agent declared; null for no such state. */
    state: (id: string): Promise<StateRow | null> => queries.state(id),
    /** Puts a declared state right. @throws a unique violation where another one holds since that instant */
    async correct(row: StateRow, correction: CorrectionRow, before: Date): Promise<void> {
      await queries.correct(row, correction, clock());
      await happened(row.agentId, before < row.since ? before : row.since);
    },
  };
}
