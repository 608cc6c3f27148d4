import { z } from "zod";
import type { Log } from "../log.ts";
import { followSound, pactl } from "../pactl.ts";
import type { MicrophoneUse } from "./microphone.ts";

const outputs = z.array(
  z.object({
    corked: z.boolean().default(false),
    properties: z.record(z.string(), z.string()).default({}),
  }),
);
/** The name under which the tray's own recorders are known to the sound server. */
const OWN = "CallManager";

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

/** PulseAudio, and PipeWire's server of the same protocol. */
export function pulseUse({ env, log, ...more }: Options): MicrophoneUse {
  let stop = () => undefined as void;
  let said = false;
  return {
    start: async (changed) => {
      stop = followSound({
        env,
        about: /source-output/,
        onChange: async () => {
          changed(recordingPrograms(await pactl(env, "-f", "json", "list", "source-outputs")));
          said = false;
        },
        onGone: (why) => {
          if (!said) log(`the microphone's use cannot be seen: ${why}`);
          said = true;
          changed([]);
        },
        ...more,
      });
    },
    stop: async () => stop(),
  };
}
