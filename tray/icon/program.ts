import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { MenuItem } from "../ports.ts";
import { imageOf } from "./images.ts";
import type { Look } from "./icon.ts";

const READY_MS = 5_000;
const EXIT_MS = 1_000;

const PROGRAMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: "tray_linux_release",
  darwin: "tray_darwin_release",
  win32: "tray_windows_release.exe",
};

/**
 * Copies systray2's program into a folder of this user, executable: npm unpacks it without that permission,
 * and a planted `./traybin` must not run instead. Returns its path.
 * @throws Error where systray2 has none for this system
 */
export function installProgram(folder: string): string {
  const name = PROGRAMS[process.platform];
  if (!name) throw new Error(`systray2 has no helper for ${process.platform}`);
  const shipped = join(dirname(createRequire(import.meta.url).resolve("systray2")), "traybin", name);
  const own = join(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(own, { force: true });
  copyFileSync(shipped, own);
  chmodSync(own, 0o700);
  return own;
}

/**
 * One run of systray2's program, over its own lines of JSON. Its JavaScript half is left out on purpose: it
 * parses unguarded, never settles when the program dies, and hangs in `kill` (research/tray.md 1).
 */
export class TrayProgram {
  readonly #child: ChildProcess;
  readonly #onClick: (row: number) => void;
  #drawn: Look;
  #ready: () => void = () => undefined;
  /** Resolves when the program is gone, however it went. */
  readonly gone: Promise<void>;

  constructor(of: { path: string; env: NodeJS.ProcessEnv; look: Look; onClick: (row: number) => void }) {
    this.#drawn = of.look;
    this.#onClick = of.onClick;
    // The program keeps its drawings in TMPDIR under names that anybody could guess.
    const env = { ...of.env, TMPDIR: dirname(of.path) };
    this.#child = spawn(of.path, [], {
      env,
      cwd: dirname(of.path),
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
    });
    this.gone = new Promise((resolve) => {
      this.#child.once("exit", () => resolve());
      this.#child.once("error", () => resolve());
    });
    this.#child.stdin?.on("error", () => this.#child.kill("SIGKILL"));
    if (this.#child.stdout) {
      createInterface({ input: this.#child.stdout }).on("line", (line) => this.#hear(line));
    }
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves to whether the menu is up; false when the program died or stayed silent. */
  async ready(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#ready = () => resolve(true);
    const timer = setTimeout(() => resolve(false), READY_MS);
    void this.gone.then(() => resolve(false));
    const ready = await promise;
    clearTimeout(timer);
    return ready;
  }

  /** Changes what differs from the drawing before. */
  draw(look: Look): void {
    const before = this.#drawn;
    this.#drawn = look;
    if (before.state !== look.state) this.#say({ type: "update-menu", menu: menuMessage(look) });
    for (const [row, item] of look.menu.entries()) {
      if (JSON.stringify(before.menu[row]) === JSON.stringify(item)) continue;
      this.#say({ type: "update-item", item: itemMessage(item, row), seq_id: -1 });
    }
  }

  /** Asks it to leave, and ends it after a second if it does not. */
  async stop(): Promise<void> {
    this.#say({ type: "exit" });
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), EXIT_MS);
    await this.gone;
    clearTimeout(timer);
  }

  #hear(line: string): void {
    const { type, __id: row } = parse(line);
    if (type === "ready") {
      this.#say(menuMessage(this.#drawn));
      this.#ready();
    }
    // It counts the rows from 1.
    if (type === "clicked" && typeof row === "number") this.#onClick(row - 1);
  }

  #say(message: unknown): void {
    if (this.#child.stdin?.writable) this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }
}

/** What is not an object says nothing. */
function parse(line: string): { type?: unknown; __id?: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function itemMessage({ title, enabled, hidden }: MenuItem, row: number) {
  return { title, tooltip: "", checked: false, enabled, hidden, __id: row + 1 };
}

function menuMessage({ state, menu }: Look) {
  return {
    icon: imageOf(state),
    title: "",
    tooltip: menu[0]?.title ?? "",
    items: menu.map(itemMessage),
    isTemplateIcon: false,
  };
}
