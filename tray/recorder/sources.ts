import { fileURLToPath } from "node:url";

export type Side = "agent" | "customer";

/** Where one side's sound comes from: a recorder of node-record-lpcm16 and its device. */
export type Source = { side: Side; recorder: string; device: string | undefined };

export type Devices = {
  /** The microphone; undefined for the system's default. */
  agentDevice?: string | undefined;
  /** What plays the customer's voice; undefined for the monitor of the default output. */
  customerDevice?: string | undefined;
};

const PAREC = fileURLToPath(new URL("parec.cjs", import.meta.url));
const LOOPBACK = fileURLToPath(new URL("loopback.cjs", import.meta.url));

/**
 * The sources of a call on this system, the left channel first. Windows and macOS have the microphone by sox and
 * the customer by an optional native recorder: written from their documentation, not yet run there.
 */
export function sourcesOf(platform: NodeJS.Platform, devices: Devices): Source[] {
  const { agentDevice, customerDevice } = devices;
  if (platform === "win32" || platform === "darwin")
    return [
      { side: "agent", recorder: "sox", device: agentDevice },
      { side: "customer", recorder: LOOPBACK, device: customerDevice },
    ];
  return [
    { side: "agent", recorder: PAREC, device: agentDevice ?? "@DEFAULT_SOURCE@" },
    { side: "customer", recorder: PAREC, device: customerDevice ?? "@DEFAULT_MONITOR@" },
  ];
}
