import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Log } from "../log.ts";
import type { MicrophoneUse } from "./microphone.ts";

const run = promisify(execFile);
const POLL_MS = 1_000;

/** The processes for which macOS keeps an audio input open, from `pmset -g assertions`. */
export function recordingPids(assertions: string): number[] {
  const found = assertions.matchAll(/Created for PID: (\d+)\.[^\S\n]*\n\s*Resources: [^\n]*\baudio-in\b/g);
  return [...found].map(([, pid]) => Number(pid));
}

type Options = { env: NodeJS.ProcessEnv; log: Log; pollMs?: number };

/** macOS' own record of who keeps an audio input open, asked each second. Not yet run on a real Mac. */
export function macUse({ env, log, pollMs = POLL_MS }: Options): MicrophoneUse {
  let timer: NodeJS.Timeout | undefined;
  let said = false;
  const look = async (changed: (programs: string[]) => void) => {
    const options = { env, timeout: 5_000 };
    const { stdout } = await run("pmset", ["-g", "assertions"], options);
    const pids = recordingPids(stdout).filter((pid) => pid !== process.pid);
    if (pids.length === 0) return changed([]);
    const { stdout: names } = await run("ps", ["-o", "comm=", "-p", pids.join(",")], options);
    changed(names.split("\n").filter((name) => name !== ""));
  };
  return {
    start: async (changed) => {
      timer = setInterval(() => {
        look(changed).catch(() => {
          if (!said) log("the microphone's use cannot be seen: pmset does not answer");
          said = true;
        });
      }, pollMs);
    },
    stop: async () => clearInterval(timer),
  };
}
