import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import Database from "better-sqlite3";
import { v7 as uuidv7 } from "uuid";
import { PART_BYTES, type RecordingMetadata } from "#contract";
import { contentDigest, toneWav } from "../support/wav.ts";
import { cpuSeconds, quantile } from "./figures.ts";
import type { Measure } from "./measure.ts";
import { benchServer } from "./server.ts";

const SEATS = 100;
const CALL_SECONDS = 40;
/** Bytes of stereo sound a second: a part is full every half minute. */
const RATE = 44_100 * 4;
const GOAL_MS = 100;

type Times = Map<string, number[]>;
type Sound = { parts: Uint8Array<ArrayBuffer>[]; metadata: RecordingMetadata };

/** The same sound for all, made once: making it is not what is measured. */
function sound(): Sound {
  const { bytes, metadata } = toneWav(CALL_SECONDS);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < bytes.length; at += PART_BYTES) parts.push(bytes.subarray(at, at + PART_BYTES));
  return { parts, metadata };
}

/** What a tray does during one call of 40 s, at the rate of real sound; every answer must be a good one. */
async function seat(url: string, token: string, times: Times, { parts, metadata }: Sound): Promise<void> {
  const ask = async (
    what: string,
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers = {},
  ) => {
    const began = performance.now();
    const response = await fetch(url + path, {
      method,
      body,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${what}: ${response.status}`);
    times.set(what, [...(times.get(what) ?? []), performance.now() - began]);
  };
  const json = { "content-type": "application/json" };
  const post = (what: string, path: string, body: object) =>
    ask(what, "POST", path, JSON.stringify(body), json);

  // people do not begin to talk all at once
  await wait(Math.random() * CALL_SECONDS * 1_000);
  const id = uuidv7();
  const startedAt = new Date();
  await post("state", "/api/agents/me/state", { state: "available" });
  const call = { id, startedAt: startedAt.toISOString(), direction: "outbound", source: "softphone" };
  await post("start", "/api/calls/start", { ...call, contact: { name: "Juan García" } });
  for (const [n, part] of parts.entries()) {
    await wait((part.length / RATE) * 1_000);
    await ask("part", "PUT", `/api/recordings/${id}/parts/${n}`, part, contentDigest(part));
  }
  const endedAt = new Date(startedAt.getTime() + CALL_SECONDS * 1_000);
  const end = { id, endedAt: endedAt.toISOString(), talkSeconds: CALL_SECONDS, outcome: "answered" };
  await post("end", "/api/calls/end", end);
  await post("final", `/api/recordings/${id}`, { parts: parts.length, metadata });
}

/** What the disk alone takes for a part that is safe on it, p99 in milliseconds. */
async function diskP99(part: Uint8Array): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-disk-"));
  const times: number[] = [];
  for (let i = 0; i < 50; i++) {
    const began = performance.now();
    await writeFile(join(folder, "part"), part, { flush: true });
    times.push(performance.now() - began);
  }
  await rm(folder, { recursive: true });
  return quantile(times, 0.99);
}

/** A hundred trays in one process against one server: calls, sound at the real rate, states. */
export const measure: Measure = async () => {
  const server = await benchServer(SEATS);
  const times: Times = new Map();
  const said = sound();
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const began = performance.now();
  try {
    await Promise.all(server.tokens.map((token) => seat(server.url, token, times, said)));
    const seconds = (performance.now() - began) / 1_000;
    const serverCpu = (await cpuSeconds(server.child.pid ?? 0)) / seconds;
    const traysCpu = process.cpuUsage().user / 1e6 / seconds;
    const database = new Database(server.database, { readonly: true });
    const count = (table: string) =>
      (database.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n;
    const lost = 2 * SEATS - count("calls") - count("recordings");
    database.close();
    const p99 = Object.fromEntries(
      [...times].map(([what, all]) => [`${what}P99Ms`, Math.round(quantile(all, 0.99))]),
    );
    const value = Math.max(...Object.values(p99));
    const disk = await diskP99(said.parts[0] ?? new Uint8Array());
    const busy = (serverCpu + traysCpu) / availableParallelism();
    const otherLoad = loadavg()[0] ?? 0;
    const limit =
      busy > 0.8 || otherLoad > 2 * availableParallelism()
        ? "processor"
        : disk > GOAL_MS / 2
          ? "disk"
          : "none";
    const against = {
      ...p99,
      lost,
      serverCores: Math.round(serverCpu * 100) / 100,
      traysCores: Math.round(traysCpu * 100) / 100,
      cores: availableParallelism(),
      loadAverage: Math.round(otherLoad * 10) / 10,
      diskAloneP99Ms: Math.round(disk),
      limit,
      traysLagP99Ms: Math.round(lag.percentile(99) / 1e6),
    };
    // past its limit a machine is slow; which limit that was stands beside the figure
    const pass = lost === 0 && (value <= GOAL_MS || limit !== "none");
    return [
      {
        name: "seats",
        value,
        unit: "ms, slowest p99 of 100 trays",
        goal: `<= ${GOAL_MS} unless the machine is the limit, none lost`,
        pass,
        against,
      },
    ];
  } finally {
    lag.disable();
    await server.close();
  }
};
