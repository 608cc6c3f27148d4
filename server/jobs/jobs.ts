import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Job, JobKind, Page } from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { Auth } from "../auth/auth.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { jobQueries, type JobEnding, type JobRow } from "./queries.ts";
import { sweeps } from "./sweeps.ts";

export type Jobs = ReturnType<typeof createJobs>;
/** One run of a job. Its handler may be run again from the start: after a server that stopped. */
export type Run = {
  id: string;
  /** Who asked, as they are now: a role that was lost does not count any more. */
  actor: Actor;
  input: unknown;
  /** Empty, and the job's own. */
  folder: string;
  /** Aborts when it is cancelled or the server stops. */
  signal: AbortSignal;
  /** Steps done, and of how many; tell it as often as you like. */
  progress(done: number, total?: number): void;
};
/** The file that came of it, below its folder, and the name under which it is offered; null for none. */
export type Made = { file: string; fileName: string } | null;
export type JobHandler = (run: Run) => Promise<Made>;
export type JobFile = {
  body: ReadableStream<Uint8Array>;
  bytes: number;
  fileName: string;
  sha256: string;
};

/** A job as somebody sees it: `by` is who asked for it, null for the reader. */
type Seen = { row: JobRow; by: string | null };

/** A job that this node runs, and how far it is. */
type Running = {
  stop: AbortController;
  settled: Promise<void>;
  reached: { done: number; total: number | null };
};

/** How many run at once: each may take a core. */
const AT_ONCE = 2;
/** How many of one person may wait or run. */
const MOST_EACH = 5;
const MOST_LISTED = 100;
/** For how long what came of a job is kept, in milliseconds. */
const LIFE_MS = 7 * 86_400_000;
const SWEEP_MS = 600_000;
const PROGRESS_MS = 500;

/** Work that takes longer than a request: it waits, runs, tells how far it is, and leaves a file for a week. */
export function createJobs(
  { store, config, clock, newId, log }: Pick<Deps, "store" | "config" | "clock" | "newId" | "log">,
  { audit, auth }: { audit: Audit; auth: Auth },
) {
  const queries = jobQueries(store);
  const folderOf = (id: string): string => join(config.DATA_FOLDER, "jobs", id);
  /** Where schedules leave copies of what their jobs made. */
  const reports = join(config.DATA_FOLDER, "reports");
  const handlers = new Map<JobKind, JobHandler>();
  const running = new Map<string, Running>();
  let pumping: Promise<void> | null = null;
  let again = false;
  const stopping = new AbortController();

  /**
   * Notes how far a job is. It is written, twice a second at the most, only where another node may be asked: SQLite has
   * none, and its commits make everybody wait for the disk.
   */
  function progressOf(id: string, mine: Running): Run["progress"] {
    let told = -Infinity;
    return (done, total) => {
      mine.reached = { done, total: total ?? mine.reached.total };
      const now = performance.now();
      if (store.dialect === "sqlite" || now - told < PROGRESS_MS) return;
      told = now;
      queries
        .progress(id, done, mine.reached.total)
        .catch((cause: unknown) => log.error("progress not written", { id }, cause));
    };
  }

  async function work(row: JobRow, mine: Running): Promise<JobEnding> {
    const { signal } = mine.stop;
    const handler = handlers.get(row.kind);
    const actor = row.userId === null ? null : await auth.standing(row.userId);
    if (!actor || !handler) throw new AppError("forbidden");
    signal.throwIfAborted();
    const folder = folderOf(row.id);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { id, input } = row;
    const made = await handler({ id, actor, input, folder, signal, progress: progressOf(id, mine) });
    signal.throwIfAborted();
    const ending = { state: "done", ...times(), ...mine.reached } as const;
    if (!made) return ending;
    const path = join(folder, made.file);
    const { size } = await stat(path);
    return { ...ending, ...made, bytes: size, sha256: await digestOf(path) };
  }

  const times = () => {
    const endedAt = clock();
    return { endedAt, expiresAt: new Date(endedAt.getTime() + LIFE_MS) };
  };

  async function run(row: JobRow, mine: Running): Promise<void> {
    const { signal } = mine.stop;
    let ending: JobEnding;
    try {
      ending = await work(row, mine);
    } catch (cause) {
      // a server that stops leaves it as it is, and does it again when it comes back
      if (signal.aborted && stopping.signal.aborted) return;
      const error = cause instanceof AppError ? cause.code : "internal";
      if (!signal.aborted && error === "internal")
        log.error("job failed", { id: row.id, kind: row.kind }, cause);
      ending = { state: "failed", error, ...times(), ...mine.reached };
    }
    const kept = (await queries.end(row.id, ending)) && ending.state === "done" && ending.file;
    if (!kept) await rm(folderOf(row.id), { recursive: true, force: true });
  }

  async function pumpOnce(): Promise<void> {
    while (!stopping.signal.aborted && running.size < AT_ONCE) {
      const row = await queries.next([...handlers.keys()]);
      if (!row) return;
      const mine: Running = {
        stop: new AbortController(),
        settled: Promise.resolve(),
        reached: { done: 0, total: null },
      };
      // known before it is claimed, so that whoever cancels it stops it
      running.set(row.id, mine);
      if (!(await queries.claim(row.id, clock()))) {
        running.delete(row.id);
        continue;
      }
      mine.settled = run(row, mine)
        .catch((cause: unknown) => log.error("job not ended", { id: row.id }, cause))
        .finally(() => {
          running.delete(row.id);
          pump();
        });
    }
  }

  /** Starts what waits while there is room. */
  function pump(): void {
    again = true;
    pumping ??= (async () => {
      while (again && !stopping.signal.aborted) {
        again = false;
        await pumpOnce();
      }
    })()
      .catch((cause: unknown) => log.error("jobs not started", {}, cause))
      .finally(() => {
        pumping = null;
      });
  }

  const toJob = ({ row, by }: Seen): Job => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    done: row.done,
    total: row.total,
    ...(row.state === "running" && running.get(row.id)?.reached),
    fileName: row.fileName,
    bytes: row.bytes,
    error: row.error,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    scheduleId: row.scheduleId,
    by,
  });

  /** Reports of the teams that somebody supervises, which others have made; or just one of them. */
  const ofTeams = async (actor: Actor, id?: string): Promise<Seen[]> =>
    actor.role === "supervisor" ? queries.ofTeams(actor.teamIds, actor.userId, MOST_LISTED, id) : [];

  /** One's own job, or a report of one's team. @throws not_found */
  async function seen(actor: Actor, id: string): Promise<Seen> {
    if (actor.kind !== "browser") throw new AppError("not_found");
    const row = await queries.byId(id);
    const found = row?.userId === actor.userId ? { row, by: null } : (await ofTeams(actor, id))[0];
    if (!found) throw new AppError("not_found");
    return found;
  }

  async function drop(id: string): Promise<void> {
    await queries.remove(id);
    const mine = running.get(id);
    mine?.stop.abort();
    await mine?.settled;
    await rm(folderOf(id), { recursive: true, force: true });
  }

  /** Files whose time is over go, and so do their jobs. */
  async function sweep(): Promise<void> {
    for (const { id } of await queries.expired(clock())) await drop(id);
  }
  /** Removes what lies there of no job: a kill may leave a file that nobody would sweep. Before anything runs. */
  async function tidy(): Promise<void> {
    const ids = await readdir(join(config.DATA_FOLDER, "jobs")).catch(() => [] as string[]);
    for (const id of ids)
      if ((await queries.byId(id)) === null) await rm(folderOf(id), { recursive: true, force: true });
  }
  const sweeping = sweeps(sweep, SWEEP_MS, (cause) => log.error("jobs not swept", {}, cause));

  return {
    /** What a kind of job does; rooms say it when they are made. */
    handle: (kind: JobKind, handler: JobHandler): void => void handlers.set(kind, handler),

    /**
     * Puts a job into the queue. It runs as the person in a browser, hence only from there.
     * @throws forbidden, too_many_jobs
     */
    async add(
      actor: Actor,
      kind: JobKind,
      input: unknown,
      more: { fileName?: string; scheduleId?: string } = {},
    ): Promise<Job> {
      if (actor.kind !== "browser") throw new AppError("forbidden");
      if ((await queries.underWay(actor.userId)) >= MOST_EACH)
        throw new AppError("too_many_jobs", { retryAfter: 60 });
      const id = newId();
      await queries.add({
        id,
        kind,
        state: "queued",
        userId: actor.userId,
        input,
        createdAt: clock(),
        ...more,
      });
      pump();
      return toJob(await seen(actor, id));
    },

    async list(actor: Actor, kind?: JobKind): Promise<Page<Job>> {
      if (actor.kind !== "browser") return { items: [], next: null };
      const own = (await queries.of(actor.userId, kind, MOST_LISTED)).map((row) => ({ row, by: null }));
      const reports = kind === undefined || kind === "export" ? await ofTeams(actor) : [];
      const newest = [...own, ...reports].toSorted((a, b) => +b.row.createdAt - +a.row.createdAt);
      return { items: newest.map(toJob), next: null };
    },
    /** @throws not_found also for another person's that is no report of one's team */
    get: async (actor: Actor, id: string): Promise<Job> => toJob(await seen(actor, id)),

    /** Stops a job; one that has ended goes, with its file. @throws not_found, forbidden for a report of others */
    async cancel(actor: Actor, id: string): Promise<void> {
      const { row, by } = await seen(actor, id);
      if (by !== null) throw new AppError("forbidden");
      const { state } = row;
      if (state !== "queued" && state !== "running") return drop(id);
      await queries.end(id, { state: "cancelled", ...times(), ...running.get(id)?.reached });
      running.get(id)?.stop.abort();
    },

    /** Its file; that it was given is noted before. @throws not_found, no_file */
    async file(actor: Actor, id: string): Promise<JobFile> {
      const { state, file, fileName, bytes, sha256 } = (await seen(actor, id)).row;
      if (state !== "done" || file === null || fileName === null) throw new AppError("no_file");
      await audit.note(actor, { action: "export_downloaded", subject: { kind: "job", id }, digest: sha256 });
      const body = Readable.toWeb(createReadStream(join(folderOf(id), file)));
      return { body: body as ReadableStream<Uint8Array>, bytes: bytes ?? 0, fileName, sha256: sha256 ?? "" };
    },

    /** Whether it waits or runs; not so of one that this database does not know. */
    async goesOn(id: string): Promise<boolean> {
      const state = (await queries.byId(id))?.state;
      return state === "queued" || state === "running";
    },

    /**
     * Stops and removes every job but the erasures under way, with its file and all copies among the reports: what they
     * hold may be of somebody who is erased now.
     * @returns the ids of those that went
     */
    async discard(): Promise<string[]> {
      const ids = await queries.discardable();
      for (const id of ids) await drop(id);
      await rm(reports, { recursive: true, force: true });
      return ids;
    },

    /**
     * Stops and removes what somebody has asked for, with its files: they may not see any more what is in there. An
     * erasure under way goes on.
     */
    async forgetOf(userId: string): Promise<void> {
      for (const id of await queries.discardable(userId)) await drop(id);
    },

    /** Forgets what a job was given, once it need not be run again. */
    forgetInput: (id: string) => queries.setInput(id, {}),

    sweep,
    /** Takes up what a server that stopped had left, and looks for what has expired from now on. */
    async start(): Promise<void> {
      await tidy();
      await queries.requeue();
      await sweeping.start();
      pump();
    },
    /** Stops what runs; it is done again after the next start. */
    async stop(): Promise<void> {
      stopping.abort();
      for (const { stop } of running.values()) stop.abort();
      await sweeping.stop();
      await pumping;
      await Promise.all([...running.values()].map(({ settled }) => settled));
    },
  };
}

/** SHA-256 of a file, hex; read into one buffer, because a million rows' would leave some hundred behind. */
async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(1 << 18);
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
