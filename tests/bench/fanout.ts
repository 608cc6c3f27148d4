import { fork, type ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cpuSeconds, quantile } from "./figures.ts";
import type { Held, Report, Task } from "./fanout-boards.ts";
import { onScreen } from "./fanout-screen.ts";
import type { Measure, Result } from "./measure.ts";
import { benchServer, listening } from "./server.ts";

const here = dirname(fileURLToPath(import.meta.url));
const TEAMS = ["Norte", "Sur", "Este", "Oeste"];
const AGENTS = 100;
const GOAL_RATIO = 0.7;
const GOAL_MS = 100;
const SPAN = { warmUpMs: 2_000, ms: 8_000 };
const ROUNDS = 2;
/** Files that two ends of 5,000 boards open, and some. */
const FILES_OF_5000 = 5_200;

type Run = Held & { cpuMicros: number };

/** Holds boards in a process of their own; the CPU is what `server` used meanwhile. */
async function hold(task: Task, server: ChildProcess, began?: () => void): Promise<Run> {
  const holder = fork(join(here, "fanout-boards.ts"));
  const used = async (): Promise<number> => (await cpuSeconds(server.pid ?? 0)) * 1e6;
  let before = Promise.resolve(0);
  let ended = false;
  try {
    return await new Promise<Run>((resolve, reject) => {
      holder.once("error", reject);
      holder.once("exit", (code) => {
        if (!ended) reject(new Error(`the boards' process ended with ${code}`));
      });
      holder.on("message", (report: Report) => {
        if (report.kind === "began") {
          before = used();
          began?.();
        } else {
          ended = true;
          const cpu = Promise.all([before, used()]).then(([from, to]) => to - from);
          cpu.then((cpuMicros) => resolve({ ...report.held, cpuMicros }), reject);
        }
      });
      holder.send(task);
    });
  } finally {
    holder.kill();
  }
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
const sum = (runs: Run[], of: (run: Run) => number): number => runs.reduce((all, run) => all + of(run), 0);
const cpu = (runs: Run[]): number => sum(runs, ({ cpuMicros }) => cpuMicros);
const messages = (runs: Run[]): number => sum(runs, (run) => run.messages);
const middle = (runs: Run[], of: (run: Run) => number): number => quantile(runs.map(of), 0.5);
/** What one more message costs: the work before the sending is the same for few boards and for many. */
const aMessage = (many: Run[], few: Run[]): number =>
  (cpu(many) - cpu(few)) / (messages(many) - messages(few));

/**
 * 1,000 boards and 20 changes a second, and socket.io sending the very same frames at the same instants. A message is a
 * frame: what changed, four times a second, and with every fourth the figures.
 */
async function beside(): Promise<Result> {
  const server = await benchServer(AGENTS, {}, TEAMS);
  const peer = await listening(["tests/bench/fanout-peer.ts"], process.env, "ipc");
  const folder = await mkdtemp(join(tmpdir(), "callmanager-frames-"));
  const file = join(folder, "frames.json");
  const { tokens, browsers } = server;
  const task = { url: server.url, browsers, ...SPAN, tokens, changesPerSecond: 20 };
  const again = { ...task, url: peer.url, tokens: [] };
  const play = (): void => void peer.child.send(file);
  const few = { boards: browsers.length };
  const many = { boards: 1_000 };
  const ours: { few: Run[]; many: Run[] } = { few: [], many: [] };
  const theirs: { few: Run[]; many: Run[] } = { few: [], many: [] };
  try {
    const none = await hold({ ...task, boards: 0 }, server.child);
    // in turns, so that what else the machine does meets both
    for (let round = 0; round < ROUNDS; round++) {
      ours.few.push(await hold({ ...task, ...few }, server.child));
      const run = await hold({ ...task, ...many }, server.child);
      ours.many.push(run);
      await writeFile(file, JSON.stringify(run.seen));
      theirs.few.push(await hold({ ...again, ...few }, peer.child, play));
      theirs.many.push(await hold({ ...again, ...many }, peer.child, play));
    }
    const micros = { ours: aMessage(ours.many, ours.few), theirs: aMessage(theirs.many, theirs.few) };
    const value = Math.round((micros.ours / micros.theirs) * 100) / 100;
    const against = {
      microsAMessage: tenths(micros.ours),
      socketIoMicrosAMessage: tenths(micros.theirs),
      // the whole process with requests, database and making the frames, over all messages; the peer has none of it
      wholeMicrosAMessage: tenths(cpu(ours.many) / messages(ours.many)),
      socketIoWholeMicrosAMessage: tenths(cpu(theirs.many) / messages(theirs.many)),
      makingAFrameMicros: Math.round(
        (cpu(ours.few) / ROUNDS - none.cpuMicros) / (messages(ours.few) / ROUNDS),
      ),
      messages: messages(ours.many),
      socketIoMessages: messages(theirs.many),
      bytesAMessage: Math.round(sum(ours.many, ({ bytes }) => bytes) / messages(ours.many)),
      frameP50Ms: middle(ours.many, ({ frameMs }) => frameMs.p50),
      frameP99Ms: middle(ours.many, ({ frameMs }) => frameMs.p99),
      socketIoP50Ms: middle(theirs.many, ({ frameMs }) => frameMs.p50),
      socketIoP99Ms: middle(theirs.many, ({ frameMs }) => frameMs.p99),
      changeP50Ms: middle(ours.many, ({ changeMs }) => changeMs.p50),
      changeP99Ms: middle(ours.many, ({ changeMs }) => changeMs.p99),
      boardsEnded: sum(ours.many, ({ boardsEnded }) => boardsEnded),
      loadAverage: tenths(loadavg()[0] ?? 0),
    };
    const pass = value <= GOAL_RATIO && against.frameP99Ms <= GOAL_MS && against.boardsEnded === 0;
    const goal = `<= ${GOAL_RATIO}, frameP99Ms <= ${GOAL_MS}`;
    return { name: "fanout", value, unit: "of socket.io's CPU a message", goal, pass, against };
  } finally {
    peer.child.kill();
    await server.close();
    await rm(folder, { recursive: true });
  }
}

/** As many boards as the field has on one node, four frames a second each. */
async function field(): Promise<Result[]> {
  if (openFiles() < FILES_OF_5000) return [];
  const server = await benchServer(AGENTS, {}, TEAMS);
  const { url, tokens, browsers } = server;
  try {
    const run = await hold(
      { url, browsers, ...SPAN, tokens, changesPerSecond: 20, boards: 5_000 },
      server.child,
    );
    const against = {
      p50Ms: run.frameMs.p50,
      changeP50Ms: run.changeMs.p50,
      changeP99Ms: run.changeMs.p99,
      messagesASecond: Math.round(run.messages / (SPAN.ms / 1_000)),
      serverCores: Math.round(run.cpuMicros / SPAN.ms / 10) / 100,
      boardsCores: Math.round(run.cores * 100) / 100,
      boardsEnded: run.boardsEnded,
      loadAverage: tenths(loadavg()[0] ?? 0),
    };
    const value = run.frameMs.p99;
    const pass = value <= GOAL_MS && run.boardsEnded === 0;
    const name = "fanout, 5,000 boards";
    return [
      { name, value, unit: "ms from making a frame to a board, p99", goal: `<= ${GOAL_MS}`, pass, against },
    ];
  } finally {
    await server.close();
  }
}

/** How many files a process may open here. */
function openFiles(): number {
  const soft = process.report?.getReport() as unknown as {
    userLimits: { open_files: { soft: number | "unlimited" } };
  };
  return Number(soft.userLimits.open_files.soft) || Infinity;
}

/** Live push: what a message costs, how soon it is there, and how soon a phone shows it. */
export const measure: Measure = async () => [await beside(), ...(await field()), await onScreen()];
