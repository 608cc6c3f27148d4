import { copyFile, mkdir, rm } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { extname, join } from "node:path";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { z } from "zod";
import { exportInput, language, type ExportFilters, type Job, type Language } from "#contract";
import type { Agents } from "../agents/agents.ts";
import type { Audit } from "../audit/audit.ts";
import type { Auth } from "../auth/auth.ts";
import type { Deps } from "../deps.ts";
import type { Actor } from "../http/context.ts";
import { apart } from "../jobs/apart.ts";
import type { Jobs, Made, Run } from "../jobs/jobs.ts";
import { safeNames } from "../jobs/zip.ts";
import type { Time } from "../time/time.ts";
import { make, nameOf, type MadeExport } from "./make.ts";
import type { Order } from "./source.ts";
import type { Assignment } from "./worker.ts";

export type Exports = ReturnType<typeof createExports>;
type Rooms = { jobs: Jobs; agents: Agents; auth: Auth; audit: Audit; time: Time };
type Wanted = Pick<Order, "kind" | "format" | "language"> & { filters: ExportFilters };

/** Excel opens a workbook of so many rows in seconds; beyond that there are several. */
const ROWS_EACH = 200_000;
/** A sheet has 1,048,576. */
const ROWS_A_SHEET = 1_000_000;
/** The most that a thread's heap takes: it is collected the more often, and a million rows need no more. */
const MEMORY_MB = 128;

/** What an export's job is asked for: what the client wanted, and the language that it reads. */
const jobInput = exportInput.extend({ language, report: z.string().optional() });

/** Exports as workbooks or CSV, each for its reader: what they see, in their language and time zone. */
export function createExports(deps: Deps, { jobs, agents, auth, audit, time }: Rooms) {
  const { store, config, clock, newId } = deps;
  const threads = apart(new URL("./worker.ts", import.meta.url), MEMORY_MB);

  const reports = join(config.DATA_FOLDER, "reports");

  /** Puts a copy among the reports. */
  async function file(path: string, report: string, { filters: { from, to } }: Order): Promise<void> {
    await mkdir(reports, { recursive: true, mode: 0o700 });
    const name = safeNames()(`${report.replaceAll(/[/\\]/g, "_")}_${from}_${to}${extname(path)}`);
    await copyFile(path, join(reports, name));
  }

  async function orderOf(
    actor: Actor,
    wanted: Wanted,
    to: Pick<Order, "folder" | "layout" | "rowsEach">,
  ): Promise<Order> {
    const [{ scope }, { timeZone, currency }] = await Promise.all([
      agents.named(actor, wanted.filters.scope),
      auth.me(actor),
    ]);
    const { kind, format, language, filters } = wanted;
    const reader = { scope, timeZone, currency, exportedBy: actor.name };
    const now = clock().getTime();
    return { kind, format, language, filters, ...reader, now, ...to };
  }

  /** In a thread with its own connection; where a database has no address, as in memory, right here. */
  async function write(
    order: Order,
    { signal, progress }: Pick<Run, "signal" | "progress">,
  ): Promise<NonNullable<Made>> {
    await time.settled();
    const { rows, ...made } = await written(order, signal, progress);
    progress(rows, rows);
    return made;
  }

  async function written(order: Order, signal: AbortSignal, progress: Run["progress"]): Promise<MadeExport> {
    if (store.url === null) return make(order, deps, progress, signal);
    const settings = { TIME_ZONE: config.TIME_ZONE, CURRENCY: config.CURRENCY };
    const made = await threads.run({ database: store.url, settings, order } satisfies Assignment, {
      signal,
      told: (what) => {
        const { done, total } = what as { done: number; total?: number };
        progress(done, total);
      },
    });
    return made as MadeExport;
  }

  jobs.handle("export", async ({ actor, input, folder, signal, progress }) => {
    const { report, ...wanted } = jobInput.parse(input);
    const order = await orderOf(actor, wanted, { folder, layout: "report", rowsEach: ROWS_EACH });
    const made = await write(order, { signal, progress });
    if (report !== undefined) await file(join(folder, made.file), report, order);
    return made;
  });

  return {
    /**
     * Asks for an export, which may be a report of a schedule: it lies among the reports too, under the schedule's name,
     * and where it is a team's, whoever supervises that team finds it among their jobs.
     * @throws not_found for a team or site that is not theirs, forbidden, too_many_jobs
     */
    async ask(
      actor: Actor,
      wanted: z.output<typeof exportInput>,
      language: Language,
      schedule?: { scheduleId: string; report: string; teamId: string | undefined },
    ): Promise<Job> {
      await agents.named(actor, wanted.filters.scope);
      const input = {
        ...wanted,
        language,
        ...(schedule && { report: schedule.report, teamId: schedule.teamId }),
      };
      const fileName = `${nameOf(input)}.${wanted.format}`;
      const scheduleId = schedule && { scheduleId: schedule.scheduleId };
      const job = await jobs.add(actor, "export", input, { fileName, ...scheduleId });
      await audit.note(actor, { action: "exported", subject: { kind: "job", id: job.id } });
      return job;
    },

    /** The calls that somebody sees as a workbook at once; its file is gone when it has been read. @throws not_found */
    async calls(
      actor: Actor,
      filters: ExportFilters,
      language: Language,
      signal: AbortSignal,
    ): Promise<{ body: ReadableStream<Uint8Array>; fileName: string }> {
      const id = newId();
      const folder = join(config.DATA_FOLDER, "jobs", id);
      const wanted = { kind: "calls", format: "xlsx", language, filters } as const;
      const order = await orderOf(actor, wanted, { folder, layout: "table", rowsEach: ROWS_A_SHEET });
      await audit.note(actor, { action: "exported", subject: { kind: "job", id } });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const drop = (): Promise<void> => rm(folder, { recursive: true, force: true });
      try {
        const { file, fileName } = await write(order, { signal, progress: () => undefined });
        const stream = createReadStream(join(folder, file));
        void finished(stream).then(drop, drop);
        return { body: Readable.toWeb(stream) as ReadableStream<Uint8Array>, fileName };
      } catch (error) {
        await drop();
        throw error;
      }
    },

    stop: () => threads.stop(),
  };
}
