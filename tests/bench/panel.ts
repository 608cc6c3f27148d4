import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { SoundServer } from "../support/audio.ts";
import { company } from "../support/company.ts";
import { Desktop } from "../support/desktop.ts";
import { eventually } from "../support/eventually.ts";
import { fakeOllama } from "../support/ollama.ts";
import { dataFolder } from "../support/process.ts";
import { TrayProcess } from "../support/tray.ts";
import { apart, type Look, Watched } from "./look.ts";
import type { Measure, Result } from "./measure.ts";

const TITLE = "CallManager";
/** The objections that are asked in turn. */
const KEYS = ["1", "2", "3"];
/** A window whose top is below this is only a title at the bottom edge. */
const DOCKED_PX = 700;
/** For the person to read, and for the desktop to come to rest. */
const PAUSE_MS = 400;

/** Where the panel may be when the key is pressed; `p95` in milliseconds from the key to the painted card. */
const states = {
  open: { presses: 30, p95: 100 },
  behind: { presses: 30, p95: 100 },
  docked: { presses: 30, p95: 100 },
  minimised: { presses: 10, p95: 300 },
  cold: { presses: 5, p95: 1_200 },
} as const;
type State = keyof typeof states;
/** Milliseconds of one round: from Ctrl+A to the panel in front, and from the digit to its card. */
type Round = { panel: number; card: number };

/**
 * A call in a real tray with a real server; what is measured are pixels of the screen after keys that XTEST pressed.
 * Ctrl+A counts until the whole panel stands in front and ready, a digit until its whole card is painted.
 */
export const measure: Measure = async () => {
  const last: (() => unknown)[] = [];
  const after = (end: () => unknown) => void last.push(end);
  try {
    const agent = await Agent.sitDown(after);
    const results: Result[] = [];
    for (const state of Object.keys(states) as State[]) results.push(await measured(agent, state));
    return results;
  } finally {
    for (const end of last.toReversed()) await end();
  }
};

async function measured(agent: Agent, state: State): Promise<Result> {
  const { presses, p95 } = states[state];
  const load = loadavg()[0] ?? 0;
  const rounds: Round[] = [];
  for (let i = 0; i < presses; i++) rounds.push(await agent.round(state, KEYS[i % KEYS.length] ?? "1"));
  const sums = rounds.map(({ panel, card }) => panel + card);
  const part = (name: keyof Round) => rounds.map((round) => round[name]);
  const value = quantile(sums, 0.95);
  return {
    name: `panel ${state}: keys to card`,
    value,
    unit: `ms p95 of ${presses}`,
    goal: `<= ${p95}`,
    pass: value <= p95,
    against: {
      p50: quantile(sums, 0.5),
      panelP50: quantile(part("panel"), 0.5),
      panelP95: quantile(part("panel"), 0.95),
      cardP50: quantile(part("card"), 0.5),
      cardP95: quantile(part("card"), 0.95),
      load: `${load.toFixed(1)} to ${(loadavg()[0] ?? 0).toFixed(1)}`,
    },
  };
}

function quantile(values: number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.ceil(sorted.length * q) - 1] ?? 0) * 10) / 10;
}

/** María at her PC, in a call: two programs of hers, the tray, and keys that are pressed on the real keyboard. */
class Agent {
  readonly #desktop: Desktop;
  readonly #data: string;
  readonly #keyboard;
  readonly #windows: { beside: string; over: string };
  #watched!: Watched;
  /** The panel as Ctrl+A brings it. */
  #ready: Look = new Map();
  readonly #cards = new Map<string, Look>();

  private constructor(desktop: Desktop, data: string, windows: { beside: string; over: string }) {
    this.#desktop = desktop;
    this.#data = data;
    this.#windows = windows;
    this.#keyboard = spawn("xdotool", ["-"], { env: desktop.env, stdio: ["pipe", "ignore", "ignore"] });
  }

  /** Starts all of it and a call; `after` gets what ends it. Resolves once the panel and its cards are known. */
  static async sitDown(after: (end: () => unknown) => void): Promise<Agent> {
    const folder = await dataFolder();
    after(folder.remove);
    const ollama = await fakeOllama({ firstTokenMs: 1_000, tokenMs: 50 });
    after(ollama.close);
    const maria = await company({ after }, { OLLAMA_URL: ollama.url });
    const [desktop, sound] = await Promise.all([Desktop.open(), SoundServer.open()]);
    after(() => desktop.close());
    after(() => sound.close());
    const { url } = maria;
    const env = { ...desktop.env, PULSE_SERVER: sound.env["PULSE_SERVER"], SERVER_URL: url, LANGUAGE: "es" };
    const tray = await TrayProcess.start(folder.path, env);
    after(() => tray.end());
    await tray.pairFromPage(url, await maria.code());
    const over = await desktop.terminal("agenda");
    await desktop.xdotool("windowsize", "--sync", over, "100%", "100%");
    const agent = new Agent(desktop, folder.path, { over, beside: await desktop.terminal("crm") });
    after(() => agent.#keyboard.kill("SIGKILL"));
    await tray.ask("POST", "/call/start", { contact: { name: "Juan García" }, direction: "outbound" });
    await agent.#getToKnow();
    return agent;
  }

  /** One round from `state`: Ctrl+A, a look at the panel, the digit `key`. */
  async round(state: State, key: string): Promise<Round> {
    await this.#reach(state);
    await wait(PAUSE_MS);
    const panel = await this.#press("ctrl+a", this.#ready);
    await wait(PAUSE_MS);
    const card = await this.#press(key, this.#cards.get(key) ?? new Map());
    await wait(PAUSE_MS);
    return { panel, card };
  }

  /** Presses a key and waits for a look, which must be new; resolves to the milliseconds between. */
  async #press(key: string, look: Look): Promise<number> {
    if (look.size === 0 || this.#watched.shows(look)) throw new Error(`${key} would change nothing`);
    const pressed = performance.now();
    this.#keyboard.stdin.write(`key --delay 0 ${key}\n`);
    return (await this.#watched.until(`what ${key} brings`, look)) - pressed;
  }

  /** Looks once at what will be waited for. */
  async #getToKnow(): Promise<void> {
    await eventually("the panel to be warm", async () => (await this.#top()) > DOCKED_PX);
    await wait(3 * PAUSE_MS);
    this.#keyboard.stdin.write("key ctrl+a\n");
    await eventually("the panel's focus", async () => (await this.#desktop.focused()).includes(TITLE));
    await wait(3 * PAUSE_MS);
    const { X: x = 0, Y: y = 0, WIDTH: width = 0, HEIGHT: height = 0 } = await this.#geometry();
    this.#watched = new Watched(this.#desktop.screen(), { x, y, width, height });
    this.#ready = await this.#watched.look();
    for (const key of KEYS) {
      this.#keyboard.stdin.write(`key ${key}\n`);
      await wait(PAUSE_MS);
      this.#cards.set(key, await this.#watched.look());
    }
    for (const [key, card] of this.#cards) this.#cards.set(key, apart(card, this.#ready));
  }

  /** Brings the panel where it is to be, as a person does; another program has the focus then. */
  async #reach(state: State): Promise<void> {
    const { beside, over } = this.#windows;
    if (state === "cold") {
      this.#keyboard.stdin.write("key alt+F4\n");
      await eventually("the end of the browser", () => !this.#browserRuns());
    } else if (state === "docked") {
      this.#keyboard.stdin.write("key Escape\n");
      await eventually("the dock", async () => (await this.#top()) > DOCKED_PX);
    } else {
      if (state === "minimised") await this.#desktop.xdotool("windowminimize", "--sync", await this.#panel());
      await this.#desktop.xdotool("windowactivate", "--sync", state === "behind" ? over : beside);
    }
  }

  async #panel(): Promise<string> {
    return (await this.#desktop.window(TITLE)) ?? "";
  }

  /** As xdotool says it, which is a frame's width further than it is. */
  async #geometry(): Promise<Record<string, number>> {
    const lines = await this.#desktop.xdotool("getwindowgeometry", "--shell", await this.#panel());
    return Object.fromEntries(
      lines
        .split("\n")
        .map((line) => line.split("="))
        .map(([k = "", v]) => [k, Number(v)]),
    );
  }

  async #top(): Promise<number> {
    return (await this.#geometry())["Y"] ?? 0;
  }

  #browserRuns(): boolean {
    const profile = join(this.#data, "panel");
    return readdirSync("/proc").some((pid) => {
      try {
        return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(profile);
      } catch {
        return false;
      }
    });
  }
}
