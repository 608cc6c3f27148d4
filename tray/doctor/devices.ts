import { z } from "zod";
import { pactl } from "../pactl.ts";

const listed = z.array(z.object({ name: z.string(), description: z.string(), monitor_source: z.string() }));

/** Something that can be recorded: its name goes into `AGENT_DEVICE` or `CUSTOMER_DEVICE`. */
export type AudioDevice = {
  side: "agent" | "customer";
  name: string;
  description: string;
  standard: boolean;
};

/**
 * The microphones and outputs of PulseAudio or PipeWire.
 * @throws Error with what to do where `pactl` is missing or no sound server answers
 */
export async function listDevices(env: NodeJS.ProcessEnv): Promise<AudioDevice[]> {
  const [sources, sinks, source, sink] = await Promise.all([
    pactl(env, "--format=json", "list", "sources"),
    pactl(env, "--format=json", "list", "sinks"),
    pactl(env, "get-default-source"),
    pactl(env, "get-default-sink"),
  ]).catch((cause: unknown) => {
    throw new Error("No sound server answers. Install pulseaudio-utils, and sign in to a desktop.", {
      cause,
    });
  });
  const microphones = listed.parse(JSON.parse(sources)).filter(({ monitor_source }) => monitor_source === "");
  return [
    ...microphones.map(({ name, description }) => ({
      side: "agent" as const,
      name,
      description,
      standard: name === source.trim(),
    })),
    ...listed.parse(JSON.parse(sinks)).map(({ name, description, monitor_source }) => ({
      side: "customer" as const,
      name: monitor_source,
      description,
      standard: name === sink.trim(),
    })),
  ];
}
