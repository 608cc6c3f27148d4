import { placeOf } from "../../db/time.ts";
import type { Deps } from "../../deps.ts";
import { sweeps } from "../../jobs/sweeps.ts";
import { stretchesIn, type History, type ReadHistory } from "../history.ts";
import type { Presence } from "../presence/presence.ts";
import { CALL_REACH_MS, WRAP_UP_MS } from "../stretches.ts";
import { wrapsUp, type WrapUps } from "../wrap-ups.ts";
import { hoursOf } from "./hours.ts";
import { accountingQueries } from "./queries.ts";

const SWEEP_MS = 60_000;
/** How much later the figures may know of a call that begins, where nobody reads them: its PC does not wait for it. */
const SOON_MS = 1_000;
/** Of a server that has no rest, the accounting takes one part in so many: who reads the figures waits for it anyway. */
const SHARE = 20;

type Parts = { read: ReadHistory; presence: Presence; wrapUps: WrapUps };

/** Keeps the figures of agents' time. One agent's events are taken one after the other. */
export function createAccounting(
  { store, clock, log }: Pick<Deps, "store" | "clock" | "log">,
  { read, presence, wrapUps }: Parts,
) {
  const queries = accountingQueries(store);
  /** Per agent: what runs, and what waits for it with the earliest instant that it is about. */
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, { since: number; done: Promise<void> }>();
  /** Agents whose calls began and of whom nobody has asked since, with the earliest instant. */
  const begun = new Map<string, Date>();
  let soon: NodeJS.Timeout | null = null;
  let soonMs = SOON_MS;

  /** Writes what an agent's hours hold from `since` on, in ms since 1970; a wrap-up that was open then with it. */
  async function account(agentId: string, since: number): Promise<void> {
    const agent = await queries.agent(agentId);
    if (!agent) return;
    const now = clock().getTime();
    let begin = placeOf(
      new Date(Math.min(since, agent.timeKnownUntil?.getTime() ?? since)),
      agent.timeZone,
    ).hour;
    let history = await read(agentId, begin.getTime());
    // as far back as a wrap-up is open, because what ends it may be as old
    for (let open = firstOpen(history); open < begin.getTime(); open = firstOpen(history)) {
      begin = placeOf(new Date(open), agent.timeZone).hour;
      history = await read(agentId, begin.getTime());
    }
    await wrapUps.endPassed(history, now);
    const until = Math.max(now, agent.timeKnownUntil?.getTime() ?? now);
    const hours = hoursOf(stretchesIn(history, until), begin.getTime(), agent.timeZone);
    const stored = new Map(
      (await queries.hours(agentId, begin)).map((row) => [row.hour.getTime(), row] as const),
    );
    for (const [instant, row] of stored)
      if (!hours.has(instant) && row.readySeconds + row.pausedSeconds > 0)
        hours.set(instant, { ...placeOf(row.hour, agent.timeZone), readySeconds: 0, pausedSeconds: 0 });
    const changed = [...hours.values()].filter(({ hour, readySeconds, pausedSeconds }) => {
      const before = stored.get(hour.getTime());
      return readySeconds !== (before?.readySeconds ?? 0) || pausedSeconds !== (before?.pausedSeconds ?? 0);
    });
    await queries.writeHours(agentId, agent.teamId, changed, new Date(until));
  }

  /** After what runs for this agent already. */
  function alone(agentId: string, work: () => Promise<void>): Promise<void> {
    const mine = (running.get(agentId) ?? Promise.resolve())
      .then(work)
      .catch((cause: unknown) => log.error("time not accounted for", { agentId }, cause))
      .finally(() => {
        if (running.get(agentId) === mine) running.delete(agentId);
      });
    running.set(agentId, mine);
    return mine;
  }

  /** Something happened to an agent's time at this instant; resolves when the figures know. Never rejects. */
  function happened(agentId: string, at: Date): Promise<void> {
    const since = Math.min(at.getTime(), begun.get(agentId)?.getTime() ?? Infinity);
    begun.delete(agentId);
    const next = waiting.get(agentId);
    if (next) {
      next.since = Math.min(next.since, since);
      return next.done;
    }
    const mine = { since, done: Promise.resolve() };
    waiting.set(agentId, mine);
    mine.done = alone(agentId, () => {
      waiting.delete(agentId);
      return account(agentId, mine.since);
    });
    return mine.done;
  }

  /**
   * A call of this agent began: the figures know it within a second, and before they are read here. A server that dies
   * meanwhile finds it again with the agent's next event, or when the hour is swept.
   */
  function began(agentId: string, at: Date): void {
    const before = begun.get(agentId);
    begun.set(agentId, before && before < at ? before : at);
    soon ??= setTimeout(() => void accountInTurn(), soonMs);
    soon.unref();
  }

  /** Takes what began for an agent, if anything. */
  async function takeBegun(agentId: string): Promise<void> {
    const at = begun.get(agentId);
    if (at) await happened(agentId, at);
  }

  /** One after the other, so that a centre whose calls begin all at once does not stand still for it. */
  async function accountInTurn(): Promise<void> {
    soon = null;
    const from = performance.now();
    const agentIds = [...begun.keys()];
    for (const agentId of agentIds) await takeBegun(agentId);
    soonMs = Math.max(SOON_MS, SHARE * (performance.now() - from));
  }

  async function settled(): Promise<void> {
    if (soon) clearTimeout(soon);
    soon = null;
    for (const agentId of begun.keys()) void takeBegun(agentId);
    await Promise.all(running.values());
  }

  /** Ends wrap-ups whose time is over, also those of a server that was down, and accounts for hours that ended. */
  async function sweep(): Promise<void> {
    const now = clock();
    const overdue = await presence.overdue(new Date(now.getTime() - WRAP_UP_MS));
    for (const { agentId, endedAt } of overdue) if (endedAt) await happened(agentId, endedAt);
    const hourBefore = new Date(now.getTime() - 3_600_000);
    for (const { id, since, knownUntil } of await queries.behind(hourBefore))
      await happened(id, knownUntil ?? since);
  }
  const sweeping = sweeps(sweep, SWEEP_MS, (cause) => log.error("sweep failed", {}, cause));

  return {
    happened,
    began,
    /** Resolves when the figures know all that has happened here. */
    settled,
    sweep,
    /** Writes an agent's figures anew, from calls and declared states, up to where they were known. */
    rebuild: (agentId: string): Promise<void> =>
      alone(agentId, async () => {
        const agent = await queries.agent(agentId);
        if (!agent) return;
        const until = agent.timeKnownUntil?.getTime() ?? 0;
        const history = await read(agentId, CALL_REACH_MS);
        const hours = [...hoursOf(stretchesIn(history, until), 0, agent.timeZone).values()];
        const days = [...Map.groupBy(hours, ({ day }) => day)].map(([day, of]) => ({
          day,
          readySeconds: of.reduce((sum, { readySeconds }) => sum + readySeconds, 0),
          pausedSeconds: of.reduce((sum, { pausedSeconds }) => sum + pausedSeconds, 0),
        }));
        await queries.rebuild(agentId, { hours: hours.map(({ day: _, ...row }) => row), days });
      }),

    start: (): void => void sweeping.start(),
    async stop(): Promise<void> {
      await sweeping.stop();
      await settled();
    },
  };
}

/** When the first call ended whose wrap-up is open, in ms since 1970; Infinity where none is. */
const firstOpen = ({ calls }: History): number =>
  Math.min(...calls.filter(wrapsUp).map(({ endedAt }) => endedAt?.getTime() ?? Infinity));
