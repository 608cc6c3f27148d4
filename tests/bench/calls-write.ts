import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { v7 as uuidv7 } from "uuid";
import { hashToken, newToken } from "../../server/auth/tokens.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { openSqlite } from "../../server/db/sqlite.ts";
import type { Measure } from "./measure.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const CONNECTIONS = 100;
const SECONDS = 5;

const HELLO = `require("node:http").createServer((_, res) => res.end("hello"))
  .listen(0, "127.0.0.1", function () { console.log("listens on http://127.0.0.1:" + this.address().port) })`;

/** Starts a process and resolves to its address once it says where it listens. */
function listening(args: string[], env: NodeJS.ProcessEnv): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const port = /listens on http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
      if (port) resolve({ url: `http://127.0.0.1:${port}`, child });
    });
  });
}

/** An agent's PC in the database, before the server opens it. */
async function pairedDevice(file: string): Promise<string> {
  const store = openSqlite(file);
  const queries = authQueries(store, () => uuidv7());
  const id = uuidv7();
  const person = {
    id,
    name: "Bench",
    email: "bench@example.com",
    passwordHash: "",
    role: "agent",
    language: "es",
  } as const;
  await queries.addPerson({ ...person, team: "Bench", site: "Bench" }, new Date(), "UTC");
  const token = newToken();
  const expiresAt = new Date(Date.now() + 86_400_000);
  await queries.addSession({
    tokenHash: hashToken(token),
    kind: "device",
    userId: id,
    device: null,
    createdAt: new Date(),
    expiresAt,
  });
  await store.close();
  return token;
}

const call = (): string =>
  JSON.stringify({
    id: uuidv7(),
    startedAt: new Date().toISOString(),
    direction: "inbound",
    contact: { name: "Juan García" },
    source: "softphone",
  });

/** Calls accepted a second, each safe on the disk when it is answered, beside a bare node:http. */
export const measure: Measure = async () => {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-bench-"));
  const database = join(folder, "bench.db");
  const token = await pairedDevice(database);
  const env = {
    ...process.env,
    PORT: "0",
    DATABASE_URL: `file:${database}`,
    RECORDINGS_URL: `file:${folder}/recordings`,
    LOG_FILE: join(folder, "log"),
  };
  const server = await listening(["server/main.node.ts"], env);
  const hello = await listening(["-e", HELLO], process.env);
  try {
    const floor = await autocannon({ url: hello.url, connections: CONNECTIONS, duration: SECONDS });
    const calls = await autocannon({
      url: `${server.url}/api/calls/start`,
      connections: CONNECTIONS,
      duration: SECONDS,
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      requests: [{ setupRequest: (request) => ({ ...request, body: call() }) }],
    });
    const value = Math.round((calls.requests.average / floor.requests.average) * 1000) / 1000;
    const against = {
      callsPerSecond: Math.round(calls.requests.average),
      helloPerSecond: Math.round(floor.requests.average),
      p99Ms: calls.latency.p99,
      not201: calls.non2xx + calls.errors,
    };
    const pass = value >= 0.35 && against.not201 === 0;
    return [{ name: "calls-write", value, unit: "of node:http hello", goal: ">= 0.35", pass, against }];
  } finally {
    server.child.kill();
    hello.child.kill();
    await rm(folder, { recursive: true, force: true });
  }
};
