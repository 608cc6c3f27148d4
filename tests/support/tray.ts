import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { eventually } from "./eventually.ts";
import { root } from "./process.ts";

type Answer = { status: number; body: Record<string, unknown> };

/** A real tray process, spoken to like a softphone does. */
export class TrayProcess {
  readonly #child: ChildProcess;
  readonly #data: string;
  readonly #lines: string[] = [];
  readonly #ended: Promise<unknown[]>;

  private constructor(child: ChildProcess, data: string) {
    this.#child = child;
    this.#data = data;
    this.#ended = once(child, "exit");
    if (child.stderr) createInterface({ input: child.stderr }).on("line", (line) => this.#lines.push(line));
  }

  /** Starts the tray with its data in `data`; resolves once its control API listens. */
  static async start(data: string, env: NodeJS.ProcessEnv): Promise<TrayProcess> {
    const child = spawn(process.execPath, ["tray/main.ts"], {
      cwd: root,
      env: { CONTROL_PORT: "0", ...env, TRAY_DATA: data },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const tray = new TrayProcess(child, data);
    await eventually("the tray", () => tray.port() > 0);
    return tray;
  }

  /** Everything it has logged so far. */
  log(): string {
    return this.#lines.join("\n");
  }

  port(): number {
    return Number(/listens on 127\.0\.0\.1:(\d+)/.exec(this.log())?.[1] ?? 0);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Asks the control API with its key. */
  async ask(method: "GET" | "POST", path: string, body: object = {}): Promise<Answer> {
    const token = readFileSync(`${this.#data}/control-token`, "utf8").trim();
    return this.request(method, path, { authorization: `Bearer ${token}` }, body);
  }

  /** Pairs it as the admin page on the server's own PC does. */
  pairFromPage(origin: string, code: string): Promise<Answer> {
    return this.request("POST", "/pair", { origin }, { code });
  }

  async request(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: object,
  ): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${this.port()}${path}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: method === "GET" ? null : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** Ends it as a log-out would (or as a power cut would); resolves to its exit code. */
  async end(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    await this.#ended;
    return this.#child.exitCode;
  }
}
