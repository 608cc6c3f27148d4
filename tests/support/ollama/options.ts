import { Refusal } from "./exchange.ts";

const RUNNER = {
  num_ctx: "integer",
  num_batch: "integer",
  num_gpu: "integer",
  main_gpu: "integer",
  use_mmap: "boolean",
  num_thread: "integer",
} as const;
const SAMPLING = {
  num_keep: "integer",
  seed: "integer",
  num_predict: "integer",
  top_k: "integer",
  repeat_last_n: "integer",
  top_p: "float32",
  min_p: "float32",
  typical_p: "float32",
  temperature: "float32",
  repeat_penalty: "float32",
  presence_penalty: "float32",
  frequency_penalty: "float32",
  stop: "array",
} as const;
const TYPES: Record<string, string> = { ...RUNNER, ...SAMPLING };

const fits = (type: string, value: unknown): boolean => {
  if (type === "array") return Array.isArray(value);
  return type === "boolean" ? typeof value === "boolean" : typeof value === "number";
};

/**
 * Checks a request's options; unknown names are only logged by Ollama.
 * @returns those that belong to the runner, as text: others under another text mean a reload
 * @throws Refusal 500 for a value of the wrong type
 */
export function runnerOptions(options: unknown): string {
  const given = Object.entries((options ?? {}) as Record<string, unknown>);
  for (const [name, value] of given) {
    const type = TYPES[name];
    if (type !== undefined && !fits(type, value))
      throw new Refusal(500, `option "${name}" must be of type ${type}`);
  }
  return JSON.stringify(given.filter(([name]) => name in RUNNER).toSorted(([a], [b]) => a.localeCompare(b)));
}

const FOREVER_MS = 9_223_372_036_854;
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * `keep_alive` in milliseconds: a number is seconds, a text is Go's duration, a negative one is for ever.
 * @throws Refusal 400 with Go's own words
 */
export function keepAlive(value: unknown, usualMs: number): number {
  if (value === undefined || value === null) return usualMs;
  if (typeof value === "number") return value < 0 ? FOREVER_MS : value * 1000;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (/^[-+]?\d+(\.\d+)?$/.test(text) && Number(text) !== 0)
    throw new Refusal(400, `time: missing unit in duration ${JSON.stringify(text)}`);
  if (!/^[-+]?(0|(\d+(\.\d+)?(ms|s|m|h))+)$/.test(text))
    throw new Refusal(400, `time: invalid duration ${JSON.stringify(text)}`);
  const ms = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit!]!,
    0,
  );
  return text.startsWith("-") ? FOREVER_MS : ms;
}
