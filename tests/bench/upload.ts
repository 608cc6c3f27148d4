import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { PART_BYTES } from "#contract";
import { contentDigest } from "../support/wav.ts";
import { cpuSeconds } from "./figures.ts";
import type { Measure } from "./measure.ts";
import { benchServer, listening } from "./server.ts";

const AT_ONCE = 50;
const PARTS_EACH = 2;
const ROUNDS = 4;
const MB_A_ROUND = (AT_ONCE * PARTS_EACH * PART_BYTES) / 1e6;
const GOAL_RATIO = 0.9;
/** What a round may add to the memory that the first one took, in MB. */
const GOAL_FLAT_MB = 40;

/** Where the n-th part of an upload goes, and as whom. */
type Target = { url(upload: number, n: number): string; headers(upload: number): Record<string, string> };
type Round = { seconds: number; cpu: number; peakMb: number };

const sum = (rounds: Round[], what: "seconds" | "cpu"): number =>
  rounds.reduce((all, round) => all + round[what], 0);
const whole = Math.round;

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

const put = (agent: Agent, url: string, headers: Record<string, string>, body: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { agent, method: "PUT", headers }, (response) => {
      response.once("error", reject);
      response.once("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${url}: ${response.statusCode}`)),
      );
      response.resume();
    });
    asked.once("error", reject);
    asked.end(body);
  });

/** Fifty PCs upload ten megabytes each at once; what it took the server that gets them. */
async function round(server: ChildProcess, { url, headers }: Target, part: Uint8Array): Promise<Round> {
  const pid = server.pid ?? 0;
  const digest = contentDigest(part);
  const cpu = await cpuSeconds(pid);
  let peakMb = 0;
  const looking = setInterval(() => void residentMb(pid).then((mb) => (peakMb = Math.max(peakMb, mb))), 20);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, upload) => {
      const agent = new Agent({ keepAlive: true });
      for (let n = 0; n < PARTS_EACH; n++)
        await put(agent, url(upload, n), { ...headers(upload), ...digest }, part);
      agent.destroy();
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  clearInterval(looking);
  return { seconds, cpu: (await cpuSeconds(pid)) - cpu, peakMb };
}

/** A call of each PC, to which its parts belong. */
const startCalls = (url: string, tokens: string[]): Promise<string[]> =>
  Promise.all(
    tokens.map(async (token) => {
      const id = uuidv7();
      const now = new Date().toISOString();
      const call = { id, startedAt: now, direction: "outbound", source: "softphone", contact: {} };
      const { status } = await fetch(`${url}/api/calls/start`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(call),
      });
      if (status !== 201) throw new Error(`start: ${status}`);
      return id;
    }),
  );

/**
 * Recordings that arrive all at once through the product's own route, beside bare node:http in turns. Both hash each
 * part and have it safe on the disk (`datasync`) before they answer; ours also knows whose call it is and notes the part.
 */
export const measure: Measure = async () => {
  const server = await benchServer(AT_ONCE);
  const folder = await mkdtemp(join(tmpdir(), "callmanager-uploads-"));
  const peer = await listening(["tests/bench/upload-peer.ts", folder], process.env);
  const part = new Uint8Array(randomBytes(PART_BYTES));
  const ours: Round[] = [];
  const floor: Round[] = [];
  try {
    // in turns, so that what else the machine does meets both; the first round warms up
    for (let i = 0; i <= ROUNDS; i++) {
      const files = Array.from({ length: AT_ONCE }, () => uuidv7());
      const bare = await round(
        peer.child,
        {
          url: (upload, n) => `${peer.url}/${files[upload]}?from=${n * PART_BYTES}`,
          headers: () => ({}),
        },
        part,
      );
      const calls = await startCalls(server.url, server.tokens);
      const own = await round(
        server.child,
        {
          url: (upload, n) => `${server.url}/api/recordings/${calls[upload]}/parts/${n}`,
          headers: (upload) => ({ authorization: `Bearer ${server.tokens[upload]}` }),
        },
        part,
      );
      if (i > 0) floor.push(bare);
      if (i > 0) ours.push(own);
    }
    const value = whole((sum(floor, "seconds") / sum(ours, "seconds")) * 100) / 100;
    const [first, last] = [ours[0]?.peakMb ?? 0, ours.at(-1)?.peakMb ?? 0];
    const megabytes = ROUNDS * MB_A_ROUND;
    const against = {
      mbPerSecond: whole(megabytes / sum(ours, "seconds")),
      nodeHttpMbPerSecond: whole(megabytes / sum(floor, "seconds")),
      cpuMsAMegabyte: whole((sum(ours, "cpu") / megabytes) * 1e5) / 100,
      nodeHttpCpuMsAMegabyte: whole((sum(floor, "cpu") / megabytes) * 1e5) / 100,
      peakMb: whole(first),
      peakMbAfterMore: whole(last),
      nodeHttpPeakMb: whole(floor.at(-1)?.peakMb ?? 0),
    };
    const pass = value >= GOAL_RATIO && last - first <= GOAL_FLAT_MB;
    const goal = `>= ${GOAL_RATIO}, memory flat`;
    return [{ name: "upload", value, unit: "of bare node:http with sha256", goal, pass, against }];
  } finally {
    peer.child.kill();
    await server.close();
    await rm(folder, { recursive: true });
  }
};
