import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const deno = join(root, "node_modules/.bin/deno");

/** How each runtime starts the server. */
export const runtimes: Record<"node" | "deno", string[]> = {
  node: [process.execPath, "server/main.node.ts"],
  // with its code cache Deno 2.9 now and then never gets past its start: 2 of 85 starts, without it none of 120
  deno: [deno, "run", "--allow-all", "--no-code-cache", "server/main.deno.ts"],
};

export type RunningServer = {
  /** `http://localhost:<port>`, as the server itself says it. */
  url: string;
  /** From the set-up link; empty when the server was set up before. */
  setupToken: string;
  /** Everything it printed so far. */
  output: () => string;
  /** Ends it as a service manager would; resolves to its exit code. */
  stop: () => Promise<number | null>;
  /** Ends it as a power cut would. */
  kill: () => Promise<void>;
};

/** A folder of its own for one test's data; `remove` it at the end. */
export async function dataFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "callmanager-"));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Starts the real server on a free port (or `env.PORT`) with its data in `folder`. */
export async function startServer(
  folder: string,
  env: Record<string, string> = {},
  runtime: "node" | "deno" = "node",
): Promise<RunningServer> {
  const [command = "", ...args] = runtimes[runtime];
  const child = spawn(command, args, {
    cwd: root,
    env: {
      ...process.env,
      PORT: "0",
      DATABASE_URL: `file:${join(folder, "callmanager.db")}`,
      DATA_FOLDER: join(folder, "data"),
      RECORDINGS_URL: `file:${join(folder, "recordings")}`,
      TIME_ZONE: "Europe/Madrid",
      OLLAMA_URL: "http://127.0.0.1:9",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const ended = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        // the line after the address has the board's or the set-up's link
        if (/^(Board|First start)/.test(line)) resolve(/https?:\/\/[^/\s]+/.exec(line)?.[0] ?? "");
      });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${lines.join("\n")}`)));
  });
  const output = (): string => lines.join("\n");
  return {
    url,
    setupToken: /setup\?token=(\S+)/.exec(output())?.[1] ?? "",
    output,
    stop: () => end(child, "SIGTERM", ended),
    kill: async () => void (await end(child, "SIGKILL", ended)),
  };
}

async function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
  ended: Promise<unknown[]>,
): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await ended;
  return child.exitCode;
}
