import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { v7 as uuidv7 } from "uuid";
import { hashToken, newToken } from "../../server/auth/tokens.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { openSqlite } from "../../server/db/sqlite.ts";
import { load } from "./load.ts";
import type { Measure } from "./measure.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const CONNECTIONS = 100;
const SECONDS = 5;
/** More than any machine accepts in that time. */
const MOST_CALLS = 300_000;

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

const HELLO_REQUEST = Buffer.from("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");

/** Requests that each start another call, made before the clock runs. */
function callRequests(token: string, count: number): Buffer[] {
  return Array.from({ length: count }, () => {
    const call = {
      id: uuidv7(),
      startedAt: new Date().toISOString(),
      direction: "inbound",
      contact: { name: "Juan García" },
      source: "softphone",
    };
    const body = JSON.stringify(call);
    const head = [
      "POST /api/calls/start HTTP/1.1",
      "host: localhost",
      `authorization: Bearer ${token}`,
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}

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
    const floor = await load(hello.url, () => HELLO_REQUEST, CONNECTIONS, SECONDS);
    const requests = callRequests(token, MOST_CALLS);
    const calls = await load(server.url, () => requests.pop() ?? HELLO_REQUEST, CONNECTIONS, SECONDS);
    const value = Math.round((calls.perSecond / floor.perSecond) * 1000) / 1000;
    const accepted = calls.statuses.get("201") ?? 0;
    const others = [...calls.statuses.values()].reduce((a, b) => a + b, 0) - accepted;
    const against = {
      callsPerSecond: calls.perSecond,
      helloPerSecond: floor.perSecond,
      p99Ms: calls.p99Ms,
      not201: others,
    };
    const pass = value >= 0.35 && others === 0;
    return [{ name: "calls-write", value, unit: "of node:http hello", goal: ">= 0.35", pass, against }];
  } finally {
    server.child.kill();
    hello.child.kill();
    await rm(folder, { recursive: true, force: true });
  }
};
