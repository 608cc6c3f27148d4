import { type ChildProcess, spawn } from "node:child_process";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { KEY_A } from "../../tray/hotkey/chord.ts";
import { Desktop } from "../support/desktop.ts";
import type { Measure, Result } from "./measure.ts";

const run = promisify(execFile);
const WORKER = fileURLToPath(new URL("../../tray/hotkey/worker.ts", import.meta.url));
const WORD = '"chord"\n';
const PRESSES = 100;
const RANDOM_KEYS = 10_000;
const NEIGHBOURS = ["a", "shift+a", "alt+a", "super+a", "ctrl+shift+a", "ctrl+alt+a", "ISO_Level3_Shift+a"];
const MORE_NEIGHBOURS = ["ctrl+s", "ctrl+q", "ctrl+z", "ctrl+1", "ctrl+Tab", "ctrl+super+a"];

/** The worker as the tray starts it, but with every byte that it sends to its parent kept. */
class Spied {
  readonly #child: ChildProcess;
  #bytes = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    (child.stdio[3] as NodeJS.ReadableStream).on("data", (chunk: Buffer) => (this.#bytes += String(chunk)));
  }

  static async start(env: NodeJS.ProcessEnv): Promise<Spied> {
    const child = spawn(process.execPath, [WORKER, String(KEY_A)], {
      env: { ...env, NODE_CHANNEL_FD: "3", NODE_CHANNEL_SERIALIZATION_MODE: "json" },
      stdio: ["ignore", "pipe", "ignore", "overlapped"],
    });
    const spied = new Spied(child);
    if (child.stdout) await once(child.stdout, "data");
    return spied;
  }

  /** Chords since the last time, and whether anything else was sent. */
  async take(): Promise<{ chords: number; otherBytes: number }> {
    await wait(300);
    const bytes = this.#bytes;
    this.#bytes = "";
    return { chords: bytes.split(WORD).length - 1, otherBytes: bytes.replaceAll(WORD, "").length };
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }
}

/** Real key presses on a real desktop while another program has the focus. */
export const measure: Measure = async () => {
  const desktop = await Desktop.open({ host: false });
  const worker = await Spied.start(desktop.env);
  try {
    await desktop.terminal();
    const press = (...keys: string[]) =>
      run("xdotool", ["key", "--delay", "1", ...keys], { env: desktop.env });

    for (let i = 0; i < PRESSES; i++) await press("ctrl+a");
    const pressed = await worker.take();

    await run("xdotool", ["keydown", "ctrl", "keydown", "a"], { env: desktop.env });
    await wait(1_500);
    await run("xdotool", ["keyup", "a", "keyup", "ctrl"], { env: desktop.env });
    const held = await worker.take();

    for (const keys of [...NEIGHBOURS, ...MORE_NEIGHBOURS]) await press(keys);
    const neighbours = await worker.take();

    const { keys, chords } = randomKeys(RANDOM_KEYS);
    for (let at = 0; at < keys.length; at += 500) await press(...keys.slice(at, at + 500));
    const random = await worker.take();

    const result = (name: string, value: number, unit: string, goal: number): Result => ({
      name: `hotkey ${name}`,
      value,
      unit,
      goal: `= ${goal}`,
      pass: value === goal,
      against: {},
    });
    return [
      result("presses seen", pressed.chords, `of ${PRESSES}`, PRESSES),
      result("held for 1.5 s", held.chords, "chord", 1),
      result("neighbours", neighbours.chords, "chords", 0),
      result(`among ${RANDOM_KEYS} random keys`, random.chords, "chords", chords),
      result(
        "bytes besides the word",
        pressed.otherBytes + held.otherBytes + neighbours.otherBytes + random.otherBytes,
        "bytes",
        0,
      ),
    ];
  } finally {
    worker.stop();
    await desktop.close();
  }
};

/** Keys as a person types them, each with a modifier one time in four; and how many chords are among them. */
function randomKeys(count: number): { keys: string[]; chords: number } {
  const letters = [
    ...Array.from("abcdefghijklmnopqrstuvwxyz0123456789"),
    "space",
    "Return",
    "comma",
    "BackSpace",
  ];
  const modifiers = ["shift", "ctrl", "alt", "ctrl+shift"];
  const any = <T>(of: T[]): T => of[Math.floor(Math.random() * of.length)] as T;
  const keys = Array.from({ length: count }, () => {
    const letter = any(letters);
    return Math.random() < 0.25 ? `${any(modifiers)}+${letter}` : letter;
  })
    // Ctrl+D and Ctrl+Z would end or stop the terminal that has the focus
    .map((key) => (/^ctrl\+[dczs]$/.test(key) ? "ctrl+a" : key));
  return { keys, chords: keys.filter((key) => key === "ctrl+a").length };
}
