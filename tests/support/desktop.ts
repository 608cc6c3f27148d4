import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eventually } from "./eventually.ts";
import { Screen } from "./screen.ts";

const run = promisify(execFile);

/** The programs that a desktop needs; for `needs(...DESKTOP)`. */
export const DESKTOP = [
  "Xvfb",
  "openbox",
  "xfce4-panel",
  "dbus-daemon",
  "gdbus",
  "xdotool",
  "xterm",
  "xprop",
] as const;

/** One row of a menu as the desktop sees it. */
export type Row = { id: number; label: string; enabled: boolean; visible: boolean };

/** A screen of its own with a window manager and a panel that shows tray icons. */
export class Desktop {
  readonly env: NodeJS.ProcessEnv;
  readonly #processes: ChildProcess[];
  readonly #home: string;

  private constructor(env: NodeJS.ProcessEnv, processes: ChildProcess[], home: string) {
    this.env = env;
    this.#processes = processes;
    this.#home = home;
  }

  /** Starts Xvfb, a session bus, openbox and (unless `host` is false) xfce4-panel; resolves once icons have a place. */
  static async open({ host = true } = {}): Promise<Desktop> {
    const home = mkdtempSync(join(tmpdir(), "desktop-"));
    const processes: ChildProcess[] = [];
    const desktop = new Desktop(
      { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: home },
      processes,
      home,
    );
    const screen = spawn(
      "Xvfb",
      ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset", "-fbdir", home],
      {
        stdio: ["ignore", "ignore", "ignore", "pipe"],
      },
    );
    processes.push(screen);
    desktop.env["DISPLAY"] = `:${await firstLine(screen.stdio[3] as NodeJS.ReadableStream)}`;
    const bus = desktop.run("dbus-daemon", ["--session", "--nofork", "--print-address"], "pipe");
    desktop.env["DBUS_SESSION_BUS_ADDRESS"] = await firstLine(bus.stdout as NodeJS.ReadableStream);
    // A window that appears while openbox is still starting would never be shown.
    desktop.run("openbox", ["--startup", `touch ${join(home, "openbox-is-up")}`]);
    await eventually("the window manager", () => existsSync(join(home, "openbox-is-up")));
    if (host) {
      desktop.run("xfce4-panel", ["--disable-wm-check"]);
      await eventually("a place for icons", () => desktop.#hasHost());
    }
    return desktop;
  }

  /** Starts a program on this screen; it is ended with the desktop. */
  run(program: string, args: string[], stdout: "ignore" | "pipe" = "ignore"): ChildProcess {
    const child = spawn(program, args, { env: this.env, stdio: ["ignore", stdout, "ignore"] });
    this.#processes.push(child);
    return child;
  }

  /** What is on the screen now. Open it while the desktop is. */
  screen(): Screen {
    return new Screen(join(this.#home, "Xvfb_screen0"));
  }

  /** Opens a terminal and gives it the focus: the other program that the agent works in. Resolves to its window. */
  async terminal(title = "crm"): Promise<string> {
    this.run("xterm", ["-T", title, "-e", "cat"]);
    const window = await eventually("the terminal", () => this.window(title));
    await this.xdotool("windowfocus", "--sync", window);
    return window;
  }

  /** The first visible window whose title matches, or null. */
  async window(title: string): Promise<string | null> {
    const found = await this.xdotool("search", "--onlyvisible", "--name", title).catch(() => "");
    return found.split("\n")[0] || null;
  }

  /** The title of the window that has the focus. */
  async focused(): Promise<string> {
    return this.xdotool("getwindowfocus", "getwindowname").catch(() => "");
  }

  async xdotool(...args: string[]): Promise<string> {
    const { stdout } = await run("xdotool", args, { env: this.env });
    return stdout.trim();
  }

  /** The tray icons of this desktop, as `bus-name/object/path`. */
  async icons(): Promise<string[]> {
    const get = "org.freedesktop.DBus.Properties.Get";
    const items = await this.#call("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", get, [
      "org.kde.StatusNotifierWatcher",
      "RegisteredStatusNotifierItems",
    ]);
    return [...items.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? "");
  }

  /** The rows of an icon's menu, in order. */
  async menu(icon: string): Promise<Row[]> {
    const [name, path] = parts(icon);
    const layout = await this.#call(name, `${path}/Menu`, "com.canonical.dbusmenu.GetLayout", [
      "0",
      "-1",
      "[]",
    ]);
    return [...layout.matchAll(/<\((\d+), (\{[^}]*\})/g)].map(([, id, properties = ""]) => ({
      id: Number(id),
      label: /'label': <['"](.*?)['"]>/.exec(properties)?.[1] ?? "",
      enabled: !properties.includes("'enabled': <false>"),
      visible: !properties.includes("'visible': <false>"),
    }));
  }

  /** Clicks the visible row with this label, as the panel would. */
  async click(icon: string, label: string): Promise<void> {
    const [name, path] = parts(icon);
    const row = (await this.menu(icon)).find((one) => one.label === label && one.visible);
    if (!row) throw new Error(`the menu has no row «${label}»`);
    const event = [String(row.id), "clicked", "<0>", "0"];
    await this.#call(name, `${path}/Menu`, "com.canonical.dbusmenu.Event", event);
  }

  /** A property of an icon, as gdbus prints it. */
  async iconProperty(icon: string, property: string): Promise<string> {
    const [name, path] = parts(icon);
    return this.#call(name, path, "org.freedesktop.DBus.Properties.Get", [
      "org.kde.StatusNotifierItem",
      property,
    ]);
  }

  /** Ends all that runs on this screen, the screen last. */
  async close(): Promise<void> {
    for (const child of this.#processes.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) continue;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
    }
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #hasHost(): Promise<boolean> {
    const name = ["org.kde.StatusNotifierWatcher"];
    return (
      await this.#call("org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", name)
    ).includes("true");
  }

  async #call(dest: string, path: string, method: string, args: string[]): Promise<string> {
    const where = ["call", "--session", "--dest", dest, "--object-path", path, "--method", method, "--"];
    const { stdout } = await run("gdbus", [...where, ...args], { env: this.env });
    return stdout;
  }
}

function parts(icon: string): [string, string] {
  const slash = icon.indexOf("/");
  return [icon.slice(0, slash), icon.slice(slash)];
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes("\n")) return text.slice(0, text.indexOf("\n"));
  }
  throw new Error("the program ended before it said where it listens");
}
