import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { language } from "#contract";
import { z } from "zod";
import { KEY_A } from "./hotkey/chord.ts";

type Variables = Record<string, string | undefined>;

/** Programs that only ever use the microphone for a call; a browser uses it for much else. */
const SOFTPHONES = [
  "baresip",
  "linphone",
  "zoiper",
  "microsip",
  "twinkle",
  "jami",
  "bria",
  "3cx",
  "x-lite",
  "phonerlite",
];

const env = z.object({
  SERVER_URL: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:5000"),
  CONTROL_PORT: z.coerce.number().int().min(0).max(65_535).default(5055),
  TRAY_DATA: z.string().optional(),
  LANGUAGE: language.default("es"),
  AGENT_DEVICE: z.string().optional(),
  CUSTOMER_DEVICE: z.string().optional(),
  HOTKEY_WHEN: z.enum(["always", "call"]).default("always"),
  /** libuiohook's code of the physical key: 30 is the A of QWERTY, 16 the A of AZERTY. */
  HOTKEY_KEYCODE: z.coerce.number().int().min(1).max(0xffff).default(KEY_A),
  /** GiB that must be free for a call to be recorded; the call in progress goes on. */
  LEAST_FREE_GB: z.coerce.number().min(0).default(2),
  /** How long recordings stay here after the server has confirmed them. */
  KEEP_DAYS: z.coerce.number().int().min(0).max(3_650).default(30),
  /** Words in the names of programs whose use of the microphone is a call; `none` leaves it out. */
  SOFTPHONES: z
    .string()
    .default(SOFTPHONES.join(","))
    .transform((list) => list.split(",").map((name) => name.trim().toLowerCase()))
    .transform((names) => names.filter((name) => name !== "" && name !== "none")),
  /** Where baresip's ctrl_tcp listens, as `127.0.0.1:4444`. */
  BARESIP_CONTROL: z
    .string()
    .regex(/^[^\s:]+:\d{1,5}$/, "host:port")
    .optional(),
  /** The model to listen with, where several are installed. */
  SPEECH_MODEL: z.string().optional(),
  /** A server of the company from which models are fetched. */
  MODELS_MIRROR: z.url({ protocol: /^https?$/ }).optional(),
  CALLMANAGER_BROWSER: z.string().optional(),
});

/** The names of all that can be configured. */
export const VARIABLES = Object.keys(env.shape);

/** All that can be configured. `TRAY_DATA` is an absolute path. */
export type Config = z.infer<typeof env> & { TRAY_DATA: string };

/**
 * Reads the configuration from environment variables. `LANGUAGE` is also a list of glibc (`es:en`): what is
 * not one of ours there is left to the default.
 * @throws Error with one readable line a mistake
 */
export function readConfig(variables: Variables): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const result = env.safeParse({ ...set, LANGUAGE: firstLanguage(set["LANGUAGE"]) });
  if (!result.success) throw new Error(`The configuration is not valid.\n${z.prettifyError(result.error)}`);
  const SERVER_URL = result.data.SERVER_URL.replace(/\/+$/, "");
  return {
    ...result.data,
    SERVER_URL,
    TRAY_DATA: resolve(result.data.TRAY_DATA ?? dataFolder(variables)),
  };
}

function firstLanguage(value: string | undefined): string | undefined {
  return value
    ?.split(":")
    .map((one) => one.slice(0, 2).toLowerCase())
    .find((one) => language.safeParse(one).success);
}

/** Where programs of this user keep their data on this system. */
export function dataFolder(variables: Variables, platform: NodeJS.Platform = process.platform): string {
  const home = variables["HOME"] ?? homedir();
  if (platform === "win32")
    return join(variables["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "CallManager");
  if (platform === "darwin") return join(home, "Library", "Application Support", "CallManager");
  return join(variables["XDG_DATA_HOME"] ?? join(home, ".local", "share"), "callmanager");
}
