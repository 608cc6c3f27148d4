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

/** Starts a process and resolves to its address once it says where it listens; `"ipc"` lets us `send` to it. */
export function listening(
  args: string[],
  env: NodeJS.ProcessEnv,
  ...channel: "ipc"[]
): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit", ...channel],
  });
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
    if (child.stdout)
      createInterface({ input: child.stdout }).on("line", (line) => {
        const port = /listens on http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
        if (port) resolve({ url: `http://127.0.0.1:${port}`, child });
      });
  });
}

/** Somebody's browser: what they see, and the cookie that says who they are. */
export type Browser = { sees: string; cookie: string };

/** Agents' PCs and leaders' browsers in the database, before the server opens it. */
async function staff(
  file: string,
  devices: number,
  teams: string[],
): Promise<{ tokens: string[]; browsers: Browser[] }> {
  const store = openSqlite(file);
  const queries = authQueries(store, () => uuidv7());
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + 86_400_000);
  const add = async (
    name: string,
    role: "agent" | "supervisor" | "executive",
    team: string,
  ): Promise<string> => {
    const id = uuidv7();
    const person = { id, name, email: `${id}@example.com`, passwordHash: "", role, language: "es" } as const;
    await queries.addPerson({ ...person, team, site: "Bench" }, createdAt, "UTC");
    const token = newToken();
    const kind = role === "agent" ? "device" : "browser";
    const session = { tokenHash: hashToken(token), kind, userId: id, device: null } as const;
    await queries.addSession({ ...session, createdAt, expiresAt });
    return token;
  };
  const tokens: string[] = [];
  for (let i = 0; i < devices; i++)
    tokens.push(await add(`Agente ${i + 1}`, "agent", teams[i % teams.length] ?? ""));
  const browsers: Browser[] = [];
  for (const team of teams)
    browsers.push({ sees: team, cookie: `callmanager=${await add(`Jefe ${team}`, "supervisor", team)}` });
  const all = await add("Dirección", "executive", teams[0] ?? "");
  browsers.push({ sees: "all", cookie: `callmanager=${all}` });
  await store.close();
  return { tokens, browsers };
}

/** A real server process on a database of its own with `devices` paired PCs in these teams. */
export async function benchServer(devices: number, env: Record<string, string> = {}, teams = ["Bench"]) {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-bench-"));
  const database = join(folder, "bench.db");
  const { tokens, browsers } = await staff(database, devices, teams);
  const { url, child } = await listening(["server/main.node.ts"], {
    ...process.env,
    PORT: "0",
    DATABASE_URL: `file:${database}`,
    RECORDINGS_URL: `file:${folder}/recordings`,
    DATA_FOLDER: join(folder, "data"),
    LOG_FILE: join(folder, "log"),
    ...env,
  });
  return {
    url,
    tokens,
    /** Each team's supervisor, and somebody who sees all. */
    browsers,
    child,
    database,
    close: async () => {
      child.kill();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
