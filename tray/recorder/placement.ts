import { z } from "zod";
import type { Side } from "./sources.ts";

const volume = z.record(z.string(), z.object({ value: z.number() }));
const device = z.object({
  index: z.number(),
  name: z.string(),
  mute: z.boolean(),
  volume: volume.default({}),
  monitor_source: z.string().default(""),
});
const stream = z.object({
  index: z.number(),
  corked: z.boolean().default(false),
  mute: z.boolean().default(false),
  volume: volume.default({}),
  properties: z.record(z.string(), z.string()).default({}),
});
const listing = z.object({
  sources: z.array(device),
  sinks: z.array(device),
  source_outputs: z.array(stream.extend({ source: z.number() })),
  sink_inputs: z.array(stream.extend({ sink: z.number() })),
});
const defaults = z.object({ default_source_name: z.string(), default_sink_name: z.string() });

/** Everything that the sound server knows and that matters here. */
export type Listing = z.infer<typeof listing> & { defaults: z.infer<typeof defaults> };

/** What `pactl -f json list` and `pactl -f json info` wrote. @throws ZodError for something else */
export const readListing = (list: string, info: string): Listing => ({
  ...listing.parse(JSON.parse(list)),
  defaults: defaults.parse(JSON.parse(info)),
});

/**
 * Where one side is recorded: `recorded` is the source's name, null while no recorder is attached; `wanted` is the
 * one that the call itself uses, or the system's default while no program has a call.
 */
export type Placement = {
  recorded: string | null;
  wanted: string;
  muted: boolean;
  /** The stream in which the softphone plays this side, as the sound server counts them. */
  stream: number | null;
  /** There is no such device: without a microphone the system's default source is what an output plays. */
  absent: boolean;
  /** `wanted` is there: one that was unplugged may come back. */
  reachable: boolean;
};

const OWN = "CallManager";
const silent = (of: { mute: boolean; volume: z.infer<typeof volume> }): boolean => {
  const levels = Object.values(of.volume);
  return of.mute || (levels.length > 0 && levels.every(({ value }) => value === 0));
};

/** What is known of a side's recorder: its process, and the device that the configuration names, if it does. */
export type Recording = { pid: number | undefined; named: string | undefined };

/** Where each side is recorded and where it should be: where the call is, else where somebody wished it. */
export function placementOf(all: Listing, own: Record<Side, Recording>): Record<Side, Placement> {
  const others = all.source_outputs.filter(
    ({ corked, properties }) => !corked && properties["application.name"] !== OWN,
  );
  // a program that both records and plays has a call
  const talking = new Set(others.map(({ properties }) => properties["application.name"]).filter(Boolean));
  const playing = all.sink_inputs.find(
    ({ corked, properties }) => !corked && talking.has(properties["application.name"] ?? ""),
  );
  const speaking = playing
    ? others.find(
        ({ properties }) => properties["application.name"] === playing.properties["application.name"],
      )
    : undefined;
  const sourceAt = (index: number | undefined) => all.sources.find((source) => source.index === index);
  const sinkAt = (index: number | undefined) => all.sinks.find((sink) => sink.index === index);
  const attached = (side: Side) =>
    all.source_outputs.find(
      ({ properties }) =>
        own[side].pid !== undefined && Number(properties["application.process.id"]) === own[side].pid,
    );

  const [mine, theirs] = [attached("agent"), attached("customer")];
  const microphone = sourceAt(mine?.source);
  const monitor = sourceAt(theirs?.source);
  const output = all.sinks.find(({ monitor_source }) => monitor_source === monitor?.name);
  const wantedOutput =
    sinkAt(playing?.sink) ?? all.sinks.find(({ name }) => name === all.defaults.default_sink_name);
  const placed = {
    agent: {
      recorded: microphone?.name ?? null,
      wanted: sourceAt(speaking?.source)?.name ?? own.agent.named ?? all.defaults.default_source_name,
      muted: [microphone, mine].some((one) => one !== undefined && silent(one)),
      stream: null,
      absent: speaking === undefined && microphone !== undefined && microphone.monitor_source !== "",
    },
    customer: {
      recorded: monitor?.name ?? null,
      wanted: (playing ? undefined : own.customer.named) ?? wantedOutput?.monitor_source ?? "",
      muted: [output, monitor, theirs].some((one) => one !== undefined && silent(one)),
      stream: playing?.index ?? null,
      absent: wantedOutput === undefined,
    },
  };
  const reachable = (wanted: string) => all.sources.some(({ name }) => name === wanted);
  return {
    agent: { ...placed.agent, reachable: reachable(placed.agent.wanted) },
    customer: { ...placed.customer, reachable: reachable(placed.customer.wanted) },
  };
}
