import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { SoundServer } from "../support/audio.ts";
import { Desktop } from "../support/desktop.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder } from "../support/process.ts";
import { TrayProcess } from "../support/tray.ts";
import type { Measure, Result } from "./measure.ts";

const SECONDS = 30;
const TICKS_A_SECOND = 100;

/** A process and everything that it has started. */
function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      parents.set(Number(name), Number(fields[1]));
    } catch {
      // ended meanwhile
    }
  }
  const all = [pid];
  for (const one of all)
    all.push(...[...parents].filter(([, parent]) => parent === one).map(([child]) => child));
  return all;
}

const cpuSeconds = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
};
const pssMegabytes = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) / 1024;

/** Per cent of one core that a family of processes takes while nothing in it ends. */
async function share(pids: number[]): Promise<number> {
  const total = () => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  const before = total();
  await wait(SECONDS * 1000);
  return Math.round(((total() - before) / SECONDS) * 10_000) / 100;
}

/** A softphone as the sound server sees it, so that what it plays is metered too. */
function softphone(env: NodeJS.ProcessEnv): ChildProcess[] {
  const start = (program: string, ...args: string[]) =>
    spawn(program, ["--client-name=linphone", "--raw", ...args], { env, stdio: "ignore" });
  return [start("parec", "--device=mic"), start("pacat", "--device=headset", "/dev/zero")];
}

/** A real tray with icon and hotkey, without the panel: idle, then recording both sides of a softphone's call. */
export const measure: Measure = async () => {
  const [desktop, sound] = await Promise.all([Desktop.open(), SoundServer.open()]);
  const folder = await dataFolder();
  const env = {
    ...desktop.env,
    PULSE_SERVER: sound.env["PULSE_SERVER"],
    SERVER_URL: "http://127.0.0.1:9",
    CALLMANAGER_BROWSER: "/none",
  };
  // the very first start translates the hotkey's files and keeps them; every later one is like this second one
  const first = await TrayProcess.start(folder.path, env);
  await eventually("what it keeps", () => existsSync(join(folder.path, "cache")));
  await wait(1_000);
  await first.end();
  const tray = await TrayProcess.start(folder.path, env);
  let call: ChildProcess[] = [];
  try {
    await eventually("the icon", async () => (await desktop.icons())[0]);
    await wait(5_000);
    const resting = family(tray.pid);
    const idle = await share(resting);
    const pss = Math.round(resting.reduce((sum, pid) => sum + pssMegabytes(pid), 0));
    call = softphone(sound.env);
    await tray.ask("POST", "/call/start", {});
    const listening = async () => (await sound.recorders()).length === 3;
    await eventually("both recorders, and the meter of what is played", listening);
    await wait(3_000);
    const busy = family(tray.pid);
    const recording = await share(busy);
    const recordingPss = Math.round(busy.reduce((sum, pid) => sum + pssMegabytes(pid), 0));
    const results: Result[] = [
      {
        name: "tray-cost idle",
        value: idle,
        unit: "% of a core",
        goal: "<= 0.2",
        pass: idle <= 0.2,
        against: {},
      },
      {
        name: "tray-cost recording",
        value: recording,
        unit: "% of a core",
        goal: "<= 2",
        pass: recording <= 2,
        against: { idle },
      },
      {
        name: "tray-cost memory",
        value: pss,
        unit: "MB PSS, tray and helpers",
        goal: "<= 120",
        pass: pss <= 120,
        against: { whileRecording: recordingPss, processes: resting.length },
      },
    ];
    return results;
  } finally {
    for (const one of call) one.kill("SIGKILL");
    await tray.end("SIGKILL");
    await desktop.close();
    await sound.close();
    await folder.remove();
  }
};
