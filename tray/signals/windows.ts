import type { Log } from "../log.ts";
import type { MicrophoneUse } from "./microphone.ts";

const STORE = String.raw`Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\microphone`;
const POLL_MS = 1_000;

/** What is read of the registry: the names below a key, and its numbers. */
export type Registry = {
  keys(path: string): string[];
  /** Null where there is no such value. */
  number(path: string, name: string): bigint | null;
};

/** Programs that Windows says are using the microphone: begun, and not stopped. */
export function programsInUse(registry: Registry): string[] {
  const places = [
    ...registry.keys(STORE).map((name) => `${STORE}\\${name}`),
    ...registry.keys(`${STORE}\\NonPackaged`).map((name) => `${STORE}\\NonPackaged\\${name}`),
  ];
  const inUse = places.filter((place) => {
    const started = registry.number(place, "LastUsedTimeStart");
    return started !== null && started > 0n && registry.number(place, "LastUsedTimeStop") === 0n;
  });
  // a desktop program's key is its path, with # for each backslash
  return inUse.map((place) => place.split("\\").at(-1)?.split("#").at(-1) ?? "");
}

type Options = { log: Log; open?: () => Promise<Registry>; pollMs?: number };

/** Windows' own record of who uses the microphone, asked each second. Not yet run on a real Windows. */
export function windowsUse({ log, open = openRegistry, pollMs = POLL_MS }: Options): MicrophoneUse {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: async (changed) => {
      const registry = await open().catch(() => null);
      if (registry === null) return log("the microphone's use cannot be seen: native-reg is not installed");
      timer = setInterval(() => changed(programsInUse(registry)), pollMs);
    },
    stop: async () => clearInterval(timer),
  };
}

async function openRegistry(): Promise<Registry> {
  const { default: reg } = await import("native-reg");
  const open = (path: string) => reg.openKey(reg.HKCU, path, reg.Access.READ);
  return {
    keys(path) {
      const key = open(path);
      if (key === null) return [];
      try {
        return reg.enumKeyNames(key);
      } finally {
        reg.closeKey(key);
      }
    },
    number(path, name) {
      const key = open(path);
      if (key === null) return null;
      try {
        const value: unknown = reg.queryValue(key, name);
        return typeof value === "bigint" ? value : null;
      } finally {
        reg.closeKey(key);
      }
    },
  };
}
