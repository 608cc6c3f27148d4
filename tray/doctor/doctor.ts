import { health } from "#contract";
import type { Config } from "../config.ts";
import { freeGib } from "../disk.ts";
import { createHotkey } from "../hotkey/hotkey.ts";
import { hasHost, obstacle } from "../icon/preflight.ts";
import { findBrowser } from "../panel/browser.ts";
import { readDevice } from "../server/device.ts";
import type { Texts } from "../texts/texts.ts";
import { MOST_LOAD, tryModel } from "./hears.ts";
import { listen } from "./listen.ts";

/** One thing that was looked at: what was found and, where something is to be done, what. */
export type Finding = {
  check:
    | "agent"
    | "customer"
    | "icon"
    | "hotkey"
    | "browser"
    | "server"
    | "pairing"
    | "ollama"
    | "ears"
    | "disk";
  level: "ok" | "warn" | "fail";
  found: string;
  todo: string | null;
};

type Options = { config: Config; env: NodeJS.ProcessEnv; texts: Texts };

/** Looks at everything that a call needs, side by side; takes about four seconds. Never rejects. */
export async function examine({ config, env, texts }: Options): Promise<Finding[]> {
  const { doctor } = texts;
  const say = (
    check: Finding["check"],
    level: Finding["level"],
    [found, todo]: [string, string?],
  ): Finding => ({
    check,
    level,
    found,
    todo: todo ?? null,
  });
  const checks: Promise<Finding[]>[] = [
    sound(),
    icon(),
    hotkey(),
    Promise.resolve([browser(), pairing()]),
    server(),
    ears(),
    disk(),
  ];
  return (await Promise.all(checks)).flat();

  async function sound(): Promise<Finding[]> {
    const sides = await listen(config);
    return (["agent", "customer"] as const).map((side) => {
      const peak = sides[side];
      if (peak === null) return say(side, "fail", doctor.missing[side]);
      if (peak < -70) return say(side, "warn", doctor.silent[side]);
      return say(side, "ok", [doctor.heard(Math.round(peak))]);
    });
  }

  async function icon(): Promise<Finding[]> {
    const against = obstacle(env);
    if (against !== null) return [say("icon", "warn", [against, doctor.noIcon])];
    if (!(await hasHost(env))) return [say("icon", "warn", doctor.noHost)];
    return [say("icon", "ok", [doctor.icon])];
  }

  async function hotkey(): Promise<Finding[]> {
    const keys = createHotkey({ log: () => undefined, env, restartWaits: [] });
    const seen = await keys.start();
    await keys.stop();
    return [seen ? say("hotkey", "ok", [doctor.hotkey]) : say("hotkey", "warn", doctor.noHotkey)];
  }

  function browser(): Finding {
    const path = findBrowser(env);
    return path === null ? say("browser", "warn", doctor.noBrowser) : say("browser", "ok", [path]);
  }

  function pairing(): Finding {
    const device = readDevice(config.TRAY_DATA, config.SERVER_URL);
    return device === null
      ? say("pairing", "fail", doctor.unpaired)
      : say("pairing", "ok", [doctor.paired(device.agent.name)]);
  }

  async function server(): Promise<Finding[]> {
    try {
      const response = await fetch(`${config.SERVER_URL}/health`, { signal: AbortSignal.timeout(5_000) });
      const { version, components } = health.parse(await response.json());
      const found = `${config.SERVER_URL} · ${version}`;
      return [
        response.ok ? say("server", "ok", [found]) : say("server", "fail", [found, doctor.serverDown]),
        components.ollama === "ok"
          ? say("ollama", "ok", [doctor.ollama])
          : say("ollama", "warn", doctor.noOllama),
      ];
    } catch {
      return [say("server", "fail", [config.SERVER_URL, doctor.noServer])];
    }
  }

  async function ears(): Promise<Finding[]> {
    const hearing = await tryModel(config);
    if (!hearing) return [say("ears", "ok", doctor.noModel)];
    const { id, probed } = hearing;
    if (!probed) return [say("ears", "fail", doctor.brokenModel(id))];
    const found = doctor.hears(id, Math.round(probed.realTimeFactor * 1000) / 1000);
    return [
      2 * probed.realTimeFactor > MOST_LOAD
        ? say("ears", "warn", [found, doctor.tooSlow])
        : say("ears", "ok", [found]),
    ];
  }

  async function disk(): Promise<Finding[]> {
    const free = await freeGib(config.TRAY_DATA);
    const found = doctor.free(Math.floor(free));
    return [
      free < config.LEAST_FREE_GB
        ? say("disk", "fail", [found, doctor.full(config.LEAST_FREE_GB)])
        : say("disk", "ok", [found]),
    ];
  }
}
