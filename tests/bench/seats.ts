import { Agent, request } from "node:http";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import Database from "better-sqlite3";
import { v7 as uuidv7 } from "uuid";
import { PART_BYTES, type RecordingMetadata } from "#contract";
import { contentDigest, toneWav } from "../support/wav.ts";
import type { Measure } from "./measure.ts";
import { benchServer } from "./server.ts";

const SEATS = 100;
const CALL_SECONDS = 40;
/** Bytes of stereo sound a second: a part is full every half minute. */
const RATE = 44_100 * 4;
const GOAL_MS = 100;

type Times = Map<string, number[]>;
type Part = { bytes: Uint8Array<ArrayBuffer>; digest: Record<string, string> };
type Sound = { parts: Part[]; metadata: RecordingMetadata };

/** The same sound for all, made and hashed once: that is not what is measured. */
function sound(): Sound {
  const { bytes, metadata } = toneWav(CALL_SECONDS);
  const parts: Part[] = [];
  for (let at = 0; at < bytes.length; at += PART_BYTES) {
    const part = bytes.subarray(at, at + PART_BYTES);
    parts.push({ bytes: part, digest: contentDigest(part) });
  }
  return { parts, metadata };
}

/**
 * One request to its answer's end, over node:http: `fetch` copies a body, and a hundred trays in one process
 * would wait for each other's copies.
 */
const send = (
  agent: Agent,
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string | Uint8Array,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { agent, method, headers }, (response) => {
      response.once("error", reject);
      response.once("end", () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    asked.once("error", reject);
    asked.end(body);
  });

/** What a tray does during one call of 40 s, at the rate of real sound; every answer must be a good one. */
async function seat(url: string, token: string, times: Times, { parts, metadata }: Sound): Promise<void> {
  // each PC has its own connections
  const agent = new Agent({ keepAlive: true });
  const ask = async (
    what: string,
    method: string,
    path: string,
    body: string | Uint8Array,
    headers: Record<string, string>,
  ) => {
    const began = performance.now();
    const status = await send(
      agent,
      url + path,
      method,
      { authorization: `Bearer ${token}`, ...headers },
      body,
    );
    if (status >= 300) throw new Error(`${what}: ${status}`);
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
  const put = (what: string, n: number, { bytes, digest }: Part) =>
    ask(what, "PUT", `/api/recordings/${id}/parts/${n}`, bytes, digest);
  const [first] = parts;
  for (const [n, part] of parts.entries()) {
    await wait((part.bytes.length / RATE) * 1_000);
    // a file that has ended has another header than it had while it grew
    if (first && n > 0 && n === parts.length - 1) await put("again", 0, first);
    await put("part", n, part);
  }
  const endedAt = new Date(startedAt.getTime() + CALL_SECONDS * 1_000);
  const end = { id, endedAt: endedAt.toISOString(), talkSeconds: CALL_SECONDS, outcome: "answered" };
  await post("end", "/api/calls/end", end);
  await post("final", `/api/recordings/${id}`, { parts: parts.length, metadata });
  agent.destroy();
}

/** By nearest rank. */
const quantile = (values: number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * q) - 1)] ?? 0;

/** CPU seconds that a process has used, from /proc. */
async function cpuSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
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
    const disk = await diskP99(said.parts[0]?.bytes ?? new Uint8Array());
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
