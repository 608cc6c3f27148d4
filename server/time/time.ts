import type { AgentState, Correction, DeclaredState, WrapUpEnd } from "#contract";
import { remembered } from "../db/remember.ts";
import { placeOf, SLOT_MS } from "../db/time.ts";
import type { Scope } from "../db/within-scope.ts";
import type { Deps } from "../deps.ts";
import {
  timeQueries,
  type CorrectionRow,
  type HourTime,
  type StateRow,
  type WrapUpEnding,
} from "./queries.ts";
import {
  BELIEVED_MS,
  CALL_REACH_MS,
  stretchesOf,
  wrapUpEndOf,
  WRAP_UP_MS,
  type CallSpan,
  type Declared,
  type StretchOf,
} from "./stretches.ts";

export type { StateRow } from "./queries.ts";
export type Time = ReturnType<typeof createTime>;
type Person = Awaited<ReturnType<ReturnType<typeof timeQueries>["people"]>>[number];
/** Somebody as they are now. `knownUntil`: up to there the figures have their time. */
export type Present = Omit<Person, "state"> & {
  state: AgentState;
  /** The call that they are in, with what is known of its recording. */
  call: Awaited<ReturnType<ReturnType<typeof timeQueries>["openCalls"]>>[number] | null;
};

/** How old what is declared may be when it arrives: a PC sends what it kept while it was offline. */
const LATEST_MS = 7 * 86_400_000;
const SWEEP_MS = 60_000;
/** How much later the figures may know of a call that begins, where nobody reads them: its PC does not wait for it. */
const SOON_MS = 1_000;
/** Of a server that has no rest, the accounting takes one part in so many: who reads the figures waits for it anyway. */
const SHARE = 20;

/** Where the time of each agent went, and how wrap-ups end. One agent's events are taken one after the other. */
export function createTime({ store, clock, newId, log }: Pick<Deps, "store" | "clock" | "newId" | "log">) {
  const queries = timeQueries(store);
  const zones = remembered(async () => new Map((await queries.sites()).map((s) => [s.id, s.timeZone])));
  /** Per agent: what runs, and what waits for it with the earliest instant that it is about. */
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, { since: number; done: Promise<void> }>();
  /** Agents whose calls began and of whom nobody has asked since, with the earliest instant. */
  const begun = new Map<string, Date>();
  let soon: NodeJS.Timeout | null = null;
  let soonMs = SOON_MS;
  let sweeping: NodeJS.Timeout | null = null;

  async function placeAt(siteId: string, instant: Date) {
    if (!(await zones.get()).has(siteId)) zones.forget();
    const { hour, day } = placeOf(instant, (await zones.get()).get(siteId) ?? "UTC");
    return { countedAt: instant, countedHour: hour, countedDay: day };
  }

  /** Ends what another event or the clock has ended, in the rows read. */
  async function endWrapUps(rows: CallRow[], declared: Declared[], now: number): Promise<void> {
    for (const row of rows.filter(wrapsUp)) {
      if (row.endedAt === null) continue;
      const end = wrapUpEndOf(
        { endedAt: row.endedAt.getTime() },
        {
          starts: rows.filter(({ id }) => id !== row.id).map(({ startedAt }) => startedAt.getTime()),
          declarations: declared.map(({ since }) => since),
          now,
        },
      );
      if (!end) continue;
      const ending = await wrapUpEnding(row.siteId, row.endedAt, new Date(end.at), end.by);
      await queries.endWrapUp(row.id, ending);
      row.wrapUpEndedAt = ending.wrapUpEndedAt;
    }
  }

  async function wrapUpEnding(siteId: string, endedAt: Date, at: Date, by: WrapUpEnd): Promise<WrapUpEnding> {
    return {
      wrapUpEndedAt: at,
      wrapUpEndedBy: by,
      wrapUpSeconds: Math.round((at.getTime() - endedAt.getTime()) / 1000),
      ...(await placeAt(siteId, at)),
    };
  }

  /** Reads what happened around `from` and since. */
  async function read(agentId: string, from: number) {
    const [rows, states] = await Promise.all([
      queries.callsFrom(agentId, new Date(from - CALL_REACH_MS)),
      queries.statesFrom(agentId, new Date(from)),
    ]);
    return { rows, declared: states.map((state) => ({ ...state, since: state.since.getTime() })) };
  }

  async function account(agentId: string, since: number): Promise<void> {
    const agent = await queries.agent(agentId);
    if (!agent) return;
    const now = clock().getTime();
    let begin = placeOf(
      new Date(Math.min(since, agent.timeKnownUntil?.getTime() ?? since)),
      agent.timeZone,
    ).hour;
    let { rows, declared } = await read(agentId, begin.getTime());
    const open = Math.min(...rows.filter(wrapsUp).map(({ endedAt }) => endedAt?.getTime() ?? Infinity));
    if (open < begin.getTime()) {
      begin = placeOf(new Date(open), agent.timeZone).hour;
      ({ rows, declared } = await read(agentId, begin.getTime()));
    }
    await endWrapUps(rows, declared, now);
    const until = Math.max(now, agent.timeKnownUntil?.getTime() ?? now);
    const stretches = stretchesOf(declared, rows.map(spanOf), until);
    const hours = hoursOf(stretches, begin.getTime(), agent.timeZone);
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
    const overdue = await queries.overdueWrapUps(new Date(now.getTime() - WRAP_UP_MS));
    for (const { agentId, endedAt } of overdue) if (endedAt) await happened(agentId, endedAt);
    const hourBefore = new Date(now.getTime() - 3_600_000);
    for (const { id, since, knownUntil } of await queries.behind(hourBefore))
      await happened(id, knownUntil ?? since);
  }

  return {
    happened,
    began,
    /** Resolves when the figures know all that has happened here. */
    settled,
    sweep,
    /** The hour and day in which a call of this site counts. */
    placeAt,
    /** What a wrap-up's end writes into its call. The end lies between that of the call and half an hour later. */
    wrapUpEnding: (siteId: string, endedAt: Date, at: Date, by: WrapUpEnd): Promise<WrapUpEnding> => {
      const latest = endedAt.getTime() + WRAP_UP_MS;
      const end = Math.min(Math.max(at.getTime(), endedAt.getTime()), latest);
      return wrapUpEnding(siteId, endedAt, new Date(end), end === latest ? "timeout" : by);
    },

    /** What an agent says of themself, since `at`, which is neither in the future nor older than a week. */
    async declare(agentId: string, state: DeclaredState, reason: string | null, at?: string): Promise<void> {
      const now = clock();
      const said = at === undefined ? now.getTime() : Date.parse(at);
      const since = new Date(Math.min(now.getTime(), Math.max(said, now.getTime() - LATEST_MS)));
      await queries.declare({ id: newId(), agentId, state, reason, since }, now);
      await happened(agentId, since);
    },

    /** Everybody whom a scope holds as they are now, by name. */
    async present(scope: Scope): Promise<Present[]> {
      await settled();
      const now = clock();
      const believed = new Date(now.getTime() - BELIEVED_MS);
      const [people, open, wrapping] = await Promise.all([
        queries.people(scope),
        queries.openCalls(scope),
        queries.wrapUps(scope, now),
      ]);
      const callOf = new Map(
        open.filter(({ startedAt }) => startedAt > believed).map((call) => [call.agentId, call]),
      );
      const wrapUpOf = new Map(wrapping.map(({ agentId, endedAt }) => [agentId, endedAt]));
      return people.map((person) => {
        const call = callOf.get(person.id);
        if (call) return { ...person, state: "on_call" as const, reason: null, since: call.startedAt, call };
        const none = { call: null, reason: null };
        const ended = wrapUpOf.get(person.id);
        if (ended) return { ...person, ...none, state: "wrap_up" as const, since: ended };
        if (person.state !== "offline" && person.since < believed) {
          const since = new Date(person.since.getTime() + BELIEVED_MS);
          return { ...person, ...none, state: "offline" as const, since };
        }
        return { ...person, call: null };
      });
    },

    /** An agent's stretches within a span, up to now, and the ids of the calls and states that they come from. */
    async span(
      agentId: string,
      from: Date,
      to: Date,
    ): Promise<{ stretches: StretchOf[]; subjects: string[] }> {
      await settled();
      const { rows, declared } = await read(agentId, from.getTime());
      const until = Math.min(clock().getTime(), to.getTime());
      const stretches = stretchesOf(declared, rows.map(spanOf), until)
        .filter((one) => one.to > from.getTime())
        .map((one) => ({ ...one, from: Math.max(one.from, from.getTime()) }));
      const calls = rows.filter(({ startedAt }) => startedAt >= from && startedAt < to);
      const states = declared.filter(({ since }) => since < to.getTime());
      return { stretches, subjects: [...calls, ...states].map(({ id }) => id) };
    },

    /** What an agent declared; null for no such state. */
    state: (id: string): Promise<StateRow | null> => queries.state(id),
    /** Puts a declared state right. @throws a unique violation where another one holds since that instant */
    async correct(row: StateRow, correction: CorrectionRow, before: Date): Promise<void> {
      await queries.correct(row, correction, clock());
      await happened(row.agentId, before < row.since ? before : row.since);
    },
    /** What was corrected of these calls and states, in order. */
    corrections: async (subjectIds: string[]): Promise<Correction[]> =>
      subjectIds.length === 0
        ? []
        : (await queries.corrections(subjectIds)).map(({ correction: { agentId: _, ...row }, by }) => ({
            ...row,
            by,
            at: row.at.toISOString(),
          })),

    /** Writes an agent's figures anew, from calls and declared states, up to where they were known. */
    rebuild: (agentId: string): Promise<void> =>
      alone(agentId, async () => {
        const agent = await queries.agent(agentId);
        if (!agent) return;
        const until = agent.timeKnownUntil?.getTime() ?? 0;
        const { rows, declared } = await read(agentId, CALL_REACH_MS);
        const stretches = stretchesOf(declared, rows.map(spanOf), until);
        const hours = [...hoursOf(stretches, 0, agent.timeZone).values()];
        const days = [...Map.groupBy(hours, ({ day }) => day)].map(([day, of]) => ({
          day,
          readySeconds: of.reduce((sum, { readySeconds }) => sum + readySeconds, 0),
          pausedSeconds: of.reduce((sum, { pausedSeconds }) => sum + pausedSeconds, 0),
        }));
        await queries.rebuild(agentId, { hours: hours.map(({ day: _, ...row }) => row), days });
      }),

    start(): void {
      const again = (): void => {
        sweep().catch((cause: unknown) => log.error("sweep failed", {}, cause));
      };
      again();
      sweeping = setInterval(again, SWEEP_MS);
      sweeping.unref();
    },
    async stop(): Promise<void> {
      if (sweeping) clearInterval(sweeping);
      await settled();
    },
  };
}

type CallRow = Awaited<ReturnType<ReturnType<typeof timeQueries>["callsFrom"]>>[number];
const wrapsUp = ({ outcome, endedAt, wrapUpEndedAt }: CallRow): boolean =>
  outcome === "answered" && endedAt !== null && wrapUpEndedAt === null;
const spanOf = ({ id, startedAt, endedAt, outcome, wrapUpEndedAt }: CallRow): CallSpan => ({
  id,
  startedAt: startedAt.getTime(),
  endedAt: endedAt?.getTime() ?? null,
  answered: outcome === "answered",
  wrapUpEndedAt: wrapUpEndedAt?.getTime() ?? null,
});

/** Seconds ready and paused in each hour of the zone's clock from `from` on, by the hour's first instant. */
function hoursOf(stretches: StretchOf[], from: number, timeZone: string): Map<number, HourTime> {
  const sums = new Map<number, { hour: Date; day: string; available: number; paused: number }>();
  for (const { state, ...stretch } of stretches) {
    if (state !== "available" && state !== "paused") continue;
    for (let at = Math.max(stretch.from, from); at < stretch.to;) {
      const end = Math.min(stretch.to, (Math.floor(at / SLOT_MS) + 1) * SLOT_MS);
      const place = placeOf(new Date(at), timeZone);
      const sum = sums.get(place.hour.getTime()) ?? { ...place, available: 0, paused: 0 };
      sum[state] += end - at;
      sums.set(place.hour.getTime(), sum);
      at = end;
    }
  }
  return new Map(
    [...sums].map(([instant, { hour, day, available, paused }]) => [
      instant,
      { hour, day, readySeconds: Math.round(available / 1000), pausedSeconds: Math.round(paused / 1000) },
    ]),
  );
}
