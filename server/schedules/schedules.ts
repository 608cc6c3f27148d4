import { z } from "zod";
import {
  language,
  scheduleInput,
  type Language,
  type Page,
  type Schedule,
  type ScheduleChange,
} from "#contract";
import type { Agents } from "../agents/agents.ts";
import type { Auth } from "../auth/auth.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Exports } from "../exports/exports.ts";
import type { Actor } from "../http/context.ts";
import { sweeps } from "../jobs/sweeps.ts";
import { daysOf, nextTime } from "./periods.ts";
import { scheduleQueries, type ScheduleRow } from "./queries.ts";

export type Schedules = ReturnType<typeof createSchedules>;
type Rooms = { exports: Exports; auth: Auth; agents: Agents };

const SWEEP_MS = 60_000;
/** What is exported, in which language, and why it stopped by itself. */
const stored = scheduleInput.omit({ name: true, period: true }).extend({
  language,
  stopped: z.string().nullable(),
  /** The teams whose files have yet to be asked for, of the report that is being made. */
  left: z.array(z.string()).optional(),
});
type Stored = z.output<typeof stored>;
/** One file of a report; its team where each has one. */
type ReportFile = { team?: { id: string; name: string }; report: string; filters: Stored["filters"] };

/** Reports that make themselves, each as an export of its owner and a file in the folder of reports. */
export function createSchedules(
  { store, clock, newId, log }: Pick<Deps, "store" | "clock" | "newId" | "log">,
  { exports, auth, agents }: Rooms,
) {
  const queries = scheduleQueries(store);

  async function own(actor: Actor, id: string): Promise<ScheduleRow> {
    const row = await queries.byId(id);
    if (row?.userId !== actor.userId) throw new AppError("not_found");
    return row;
  }
  const zoneOf = async (actor: Actor): Promise<string> => (await auth.me(actor)).timeZone;

  /** The files of a report, by what narrows each and its name: one, or one a team. @throws not_found */
  async function filesOf(
    actor: Actor,
    name: string,
    { filters, byTeam, left }: Stored,
  ): Promise<ReportFile[]> {
    const { scope } = await agents.named(actor, filters.scope);
    if (!byTeam) return [{ report: name, filters }];
    const teams = (await queries.teamsIn(scope)).filter((team) => left?.includes(team.name) ?? true);
    return teams.map((team) => ({
      team,
      report: `${name}_${team.name}`,
      filters: { ...filters, scope: `team:${team.name}` },
    }));
  }

  /** Notes what becomes of a report, beside what its owner may have changed meanwhile. */
  async function note(id: string, more: Partial<Stored>, change: Partial<ScheduleRow> = {}): Promise<void> {
    const row = await queries.byId(id);
    if (row) await queries.change(id, { ...change, input: { ...stored.parse(row.input), ...more } });
  }

  /** Asks for the report whose time has come, unless its owner may not export any more. */
  async function make(row: ScheduleRow): Promise<void> {
    const input = stored.parse(row.input);
    const actor = await auth.standing(row.userId);
    const stop = (code: string) => note(row.id, { stopped: code }, { active: false });
    if (!actor || actor.role === "agent") return stop("forbidden");
    const [now, timeZone] = [clock(), await zoneOf(actor)];
    if (!(await queries.claim(row.id, row.nextAt, nextTime(row.period, now, timeZone)))) return;
    const { kind, format, language } = input;
    const days = daysOf(row.period, row.nextAt, now, timeZone);
    const files: ReportFile[] = [];
    try {
      files.push(...(await filesOf(actor, row.name, input)));
      if (input.left) await note(row.id, { left: undefined });
      for (let file = files[0]; file; file = files[0]) {
        const wanted = { kind, format, filters: { ...file.filters, ...days } };
        const more = { scheduleId: row.id, report: file.report, teamId: file.team?.id };
        const job = await exports.ask(actor, wanted, language, more);
        files.shift();
        await queries.change(row.id, { lastJobId: job.id });
      }
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") return stop("not_found");
      // too many of theirs are under way: the next sweep asks for what is left
      const left = files.flatMap(({ team }) => team?.name ?? []);
      await note(row.id, { left: left.length > 0 ? left : undefined }, { nextAt: row.nextAt });
      if (!(error instanceof AppError)) throw error;
    }
  }

  async function sweep(): Promise<void> {
    for (const row of await queries.due(clock()))
      await make(row).catch((cause: unknown) => log.error("report not made", { id: row.id }, cause));
  }

  const sweeping = sweeps(sweep, SWEEP_MS, (cause) => log.error("schedules not swept", {}, cause));

  return {
    list: async (actor: Actor): Promise<Page<Schedule>> => ({
      items: (await queries.of(actor.userId)).map(toSchedule),
      next: null,
    }),

    /** @throws not_found for a team or site that is not theirs, forbidden */
    async add(actor: Actor, wanted: z.output<typeof scheduleInput>, reads: Language): Promise<Schedule> {
      if (actor.kind !== "browser") throw new AppError("forbidden");
      await agents.named(actor, wanted.filters.scope);
      const { name, period, ...rest } = wanted;
      const now = clock();
      const row: ScheduleRow = {
        id: newId(),
        userId: actor.userId,
        name,
        period,
        input: { ...rest, language: reads, stopped: null } satisfies Stored,
        active: true,
        createdAt: now,
        nextAt: nextTime(period, now, await zoneOf(actor)),
        lastJobId: null,
      };
      await queries.add(row);
      return toSchedule(row);
    },

    /**
     * One that goes on again begins anew: what it did not make while it was paused stays unmade. One that has yet to
     * be made of some teams is made of all, as it is now.
     * @throws not_found also for a team or site that is not theirs
     */
    async change(actor: Actor, id: string, wanted: ScheduleChange): Promise<Schedule> {
      const row = await own(actor, id);
      const { name = row.name, period = row.period, active = row.active, ...what } = wanted;
      if (what.filters) await agents.named(actor, what.filters.scope);
      const again = active && !row.active;
      const anew = again || period !== row.period;
      const change: Partial<ScheduleRow> = { name, period, active };
      if (anew) change.nextAt = nextTime(period, clock(), await zoneOf(actor));
      if (anew || Object.keys(what).length > 0) {
        const { left: _, ...before } = stored.parse(row.input);
        change.input = { ...before, ...what, stopped: again ? null : before.stopped } satisfies Stored;
      }
      await queries.change(id, change);
      return toSchedule({ ...row, ...change });
    },

    /** What it has made stays. @throws not_found */
    async remove(actor: Actor, id: string): Promise<void> {
      await own(actor, id);
      await queries.remove(id);
    },

    sweep,
    start: (): void => void sweeping.start(),
    stop: (): Promise<void> => sweeping.stop(),
  };
}

function toSchedule(row: ScheduleRow): Schedule {
  const { kind, format, filters, byTeam, stopped } = stored.parse(row.input);
  return {
    id: row.id,
    name: row.name,
    period: row.period,
    kind,
    format,
    filters,
    byTeam,
    active: row.active,
    nextAt: row.nextAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    lastJobId: row.lastJobId,
    stopped,
  };
}
