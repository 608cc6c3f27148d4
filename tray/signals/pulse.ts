import { type ChildProcess, execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import type { Log } from "../log.ts";
import type { MicrophoneUse } from "./microphone.ts";

const run = promisify(execFile);

const outputs = z.array(
  z.object({
    corked: z.boolean().default(false),
    properties: z.record(z.string(), z.string()).default({}),
  }),
);
/** The name under which the tray's own recorders are known to the sound server. */
const OWN = "CallManager";
/** Several events tell of one change. */
const SETTLE_MS = 30;

/** Who records, as `pactl -f json list source-outputs` has it; a stream without a process is a device of its own. */
export function recordingPrograms(json: string): string[] {
  return outputs
    .parse(JSON.parse(json))
    .filter(({ corked, properties }) => !corked && properties["application.name"] !== OWN)
    .filter(({ properties }) => properties["application.process.id"] !== undefined)
    .map(
      ({ properties }) =>
        `${properties["application.process.binary"] ?? ""} ${properties["application.name"] ?? ""}`,
    );
}

type Options = { env: NodeJS.ProcessEnv; log: Log; waits?: number[] };

/** PulseAudio, and PipeWire's server of the same protocol: told of each change, never polled. */
export function pulseUse({ env, log, waits = [1_000, 2_000, 5_000, 15_000] }: Options): MicrophoneUse {
  const own = { ...env, LC_ALL: "C.UTF-8" };
  let child: ChildProcess | null = null;
  let stopped = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let settle: NodeJS.Timeout | undefined;

  return {
    start: async (changed) => watch(changed),
    stop: async () => {
      stopped = true;
      clearTimeout(retry);
      clearTimeout(settle);
      child?.kill("SIGKILL");
    },
  };

  function watch(changed: (programs: string[]) => void): void {
    const list = async () => {
      try {
        const { stdout } = await run("pactl", ["-f", "json", "list", "source-outputs"], {
          env: own,
          timeout: 5_000,
        });
        failures = 0;
        if (!stopped) changed(recordingPrograms(stdout));
      } catch {
        // the server has just gone: `subscribe` ends too, and is started again below
      }
    };
    child = spawn("pactl", ["subscribe"], { env: own, stdio: ["ignore", "pipe", "ignore"] });
    child.stdout?.on("data", (chunk: Buffer) => {
      if (!chunk.includes("source-output")) return;
      clearTimeout(settle);
      settle = setTimeout(() => void list(), SETTLE_MS);
    });
    let gone = false;
    const again = (error?: Error) => {
      if (gone || stopped) return;
      gone = true;
      if (failures === 0)
        log(`the microphone's use cannot be seen: ${error ? "pactl is not there" : "no sound server"}`);
      changed([]);
      retry = setTimeout(() => watch(changed), waits[Math.min(failures++, waits.length - 1)]);
    };
    child.once("error", again);
    child.once("exit", () => again());
    void list();
  }
}
