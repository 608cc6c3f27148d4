import { isSupportedCountry } from "libphonenumber-js/min";
import { z } from "zod";
import { proxyList } from "./http/proxies.ts";

function isProxyList(text: string): boolean {
  try {
    proxyList(text);
    return true;
  } catch {
    return false;
  }
}

const env = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(5000),
  HOST: z.string().min(1).default("127.0.0.1"),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Whose word counts for where a request comes from and whether its way was encrypted. */
  TRUST_PROXY: z
    .string()
    .refine(isProxyList, "loopback, addresses or ranges such as 10.0.0.0/8, with commas between them")
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, "file:<path> or postgres://…")
    .default("file:callmanager.db"),
  RECORDINGS_URL: z
    .string()
    .regex(/^file:.+$/, "file:<folder>")
    .default("file:recordings"),
  /** Where exports, reports, backups and the audit's head lie. */
  DATA_FOLDER: z.string().min(1).default("callmanager-data"),
  OLLAMA_URL: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:11434"),
  OLLAMA_MODEL: z
    .string()
    .min(1)
    .refine((model) => !/[-:]cloud$/.test(model), "cloud models would send calls out of the company")
    .default("llama3"),
  /** The same variable that Ollama reads: how many answers it makes at once. */
  OLLAMA_NUM_PARALLEL: z.coerce.number().int().min(1).max(256).default(4),
  TIME_ZONE: z
    .string()
    .refine(
      (zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC",
      "an IANA time zone",
    )
    .default(Intl.DateTimeFormat().resolvedOptions().timeZone),
  /** In which phones without a country code are. */
  COUNTRY: z
    .string()
    .refine((code) => isSupportedCountry(code), "an ISO 3166 code of two letters such as ES")
    .default("ES"),
  CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EUR")
    .default("EUR"),
  LOG_FILE: z.string().optional(),
});

/** All that can be configured, resolved once at the start and passed in. */
export type Config = z.infer<typeof env>;

/**
 * Reads the configuration from environment variables.
 * @throws Error with one readable line a mistake
 */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const result = env.safeParse(set);
  if (!result.success) throw new Error(`The configuration is not valid.\n${z.prettifyError(result.error)}`);
  const { TLS_CERT, TLS_KEY } = result.data;
  if (Boolean(TLS_CERT) !== Boolean(TLS_KEY))
    throw new Error("TLS_CERT and TLS_KEY go together: set both files.");
  return result.data;
}
