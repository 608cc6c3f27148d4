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

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Starts a process and resolves to its address once it says where it listens. */
export function listening(
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const port = /listens on http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
      if (port) resolve({ url: `http://127.0.0.1:${port}`, child });
    });
  });
}

/** Agents' PCs in the database, before the server opens it; resolves to their tokens. */
async function pairedDevices(file: string, count: number): Promise<string[]> {
  const store = openSqlite(file);
  const queries = authQueries(store, () => uuidv7());
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + 86_400_000);
  const tokens = Array.from({ length: count }, () => newToken());
  for (const [i, token] of tokens.entries()) {
    const userId = uuidv7();
    const person = { id: userId, name: `Agente ${i + 1}`, email: `bench${i}@example.com`, passwordHash: "" };
    const place = { role: "agent", language: "es", team: "Bench", site: "Bench" } as const;
    await queries.addPerson({ ...person, ...place }, createdAt, "UTC");
    const session = { tokenHash: hashToken(token), kind: "device", userId, device: null } as const;
    await queries.addSession({ ...session, createdAt, expiresAt });
  }
  await store.close();
  return tokens;
}

/** A real server process on a database of its own with `devices` paired PCs. */
export async function benchServer(devices: number, env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-bench-"));
  const database = join(folder, "bench.db");
  const tokens = await pairedDevices(database, devices);
  const { url, child } = await listening(["server/main.node.ts"], {
    ...process.env,
    PORT: "0",
    DATABASE_URL: `file:${database}`,
    RECORDINGS_URL: `file:${folder}/recordings`,
    LOG_FILE: join(folder, "log"),
    ...env,
  });
  return {
    url,
    tokens,
    child,
    database,
    close: async () => {
      child.kill();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
