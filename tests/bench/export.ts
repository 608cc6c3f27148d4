import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import type { Job } from "#contract";
import { authQueries } from "../../server/auth/queries.ts";
import { hashToken, newToken } from "../../server/auth/tokens.ts";
import { openSqlite } from "../../server/db/sqlite.ts";
import { fillOffice } from "./office.ts";
import { cpuSeconds } from "./figures.ts";
import { listening } from "./server.ts";

const TODAY = "2026-03-20";
/** What one export cost: wall seconds, those of all its threads on the CPU, the server's peak memory with all its threads, and its loop's longest pause. */
export type Exported = {
  seconds: number;
  cpuSeconds: number;
  peakMb: number;
  stallMs: number;
  bytes: number;
};

/** A real server over so many calls, of which an executive exports all as a styled workbook, `runs` times. */
export async function exported(calls: number, runs: number): Promise<Exported[]> {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-bench-"));
  const database = join(folder, "office.db");
  const teams = 20;
  await fillOffice(database, { calls, agents: 500, teams, sites: 4, days: 50, today: TODAY });
  const cookie = `callmanager=${await executive(database)}`;
  const { url, child } = await listening(
    ["--import", "./tests/bench/watched-loop.ts", "server/main.node.ts"],
    {
      ...process.env,
      PORT: "0",
      DATABASE_URL: `file:${database}`,
      RECORDINGS_URL: `file:${folder}/recordings`,
      DATA_FOLDER: join(folder, "data"),
      LOG_FILE: join(folder, "log"),
    },
    "ipc",
  );
  try {
    const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
      const headers = { cookie, origin: url, "content-type": "application/json" };
      const response = await fetch(url + path, { method, headers, body: body ? JSON.stringify(body) : null });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    };
    const results: Exported[] = [];
    for (let run = 0; run < runs; run++) {
      await loop(child);
      const [begin, used] = [performance.now(), await cpuSeconds(child.pid ?? 0)];
      const filters = { from: "2026-01-01", to: TODAY };
      let job = await ask<Job>("POST", "/api/exports", { kind: "calls", format: "xlsx", filters });
      while (job.state === "queued" || job.state === "running") {
        await wait(50);
        job = await ask<Job>("GET", `/api/jobs/${job.id}`);
      }
      const seconds = (performance.now() - begin) / 1000;
      if (job.state !== "done" || job.done !== job.total) throw new Error(`ended as ${JSON.stringify(job)}`);
      const { longestMs } = await loop(child);
      results.push({
        seconds,
        cpuSeconds: (await cpuSeconds(child.pid ?? 0)) - used,
        stallMs: longestMs,
        peakMb: await peakMb(child.pid ?? 0),
        bytes: job.bytes ?? 0,
      });
    }
    return results;
  } finally {
    child.kill();
    await once(child, "exit");
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function loop(child: Awaited<ReturnType<typeof listening>>["child"]): Promise<{ longestMs: number }> {
  const told = once(child, "message");
  child.send("tell");
  const [message] = (await told) as [{ longestMs: number }];
  return message;
}

/** The most that a process, with its threads, had in memory, from /proc. */
async function peakMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

async function executive(file: string): Promise<string> {
  const store = openSqlite(file);
  const queries = authQueries(store, () => uuidv7());
  const [id, token, createdAt] = [uuidv7(), newToken(), new Date()];
  const person = { id, name: "Dirección", email: "d@example.com", passwordHash: "" };
  const place = { role: "executive", language: "es", team: "Equipo 0", site: "Sede 0" } as const;
  await queries.addPerson({ ...person, ...place }, createdAt, "UTC");
  const expiresAt = new Date(createdAt.getTime() + 86_400_000);
  const session = { kind: "browser", userId: id, device: null } as const;
  await queries.addSession({ tokenHash: hashToken(token), ...session, createdAt, expiresAt });
  await store.close();
  return token;
}
