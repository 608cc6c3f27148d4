import type { Language } from "#contract";
import { isCloud, isModel } from "./ollama.ts";
import type { probeOllama } from "./probe.ts";
import { doctorTexts } from "./doctor.texts.ts";

/** One thing that was looked at: what was found and, where something is to be done, what. */
export type Finding = { level: "ok" | "warn" | "fail"; check: string; found: string; todo: string | null };

type Options = {
  ollama: ReturnType<typeof probeOllama>;
  url: string;
  model: string;
  /** How many asks the server would give it at once. */
  slots: number;
  language: Language;
};

/** An agent reads the first words after this; later than that they come too late. Milliseconds. */
const FIRST_TOKEN_MS = 2_500;
/** Two or three sentences in three seconds. */
const TOKENS_PER_SECOND = 15;
/** System prompt, facts, three cards and the last 15 messages. */
const CONTEXT = 4_096;

/** Looks at the model's server from the copilot's point of view. Never rejects; takes as long as a few answers. */
export async function examineOllama({ ollama, url, model, slots, language }: Options): Promise<Finding[]> {
  const texts = doctorTexts[language];
  const findings: Finding[] = [];
  const say = (level: Finding["level"], check: string, found: string, todo: string | null = null) =>
    void findings.push({ level, check, found, todo });

  const version = await ollama.version().catch(() => null);
  if (version === null) {
    say("fail", "Ollama", texts.silent(url), texts.start);
    return findings;
  }
  say("ok", "Ollama", `${url} · ${version}`);

  const cloudOff = await ollama.cloudOff().catch(() => null);
  if (cloudOff === true) say("ok", texts.cloud, texts.cloudOff);
  else say("warn", texts.cloud, cloudOff === null ? texts.cloudUnknown : texts.cloudOn, texts.cloudTodo);

  const models = await ollama.models().catch(() => [] as string[]);
  if (isCloud(model)) say("fail", texts.model, texts.refused(model), texts.choose);
  if (isCloud(model) || !models.some((name) => isModel(name, model))) {
    if (!isCloud(model)) say("fail", texts.model, texts.missing(model), texts.pull(model));
    return findings;
  }

  try {
    const cold = await ollama.answer(model);
    const warm = await ollama.answer(model);
    say("ok", texts.model, texts.loadedIn(model, cold.firstTokenMs));
    const late = warm.firstTokenMs > FIRST_TOKEN_MS;
    say(late ? "warn" : "ok", texts.firstWord, texts.ms(warm.firstTokenMs), late ? texts.slowTodo : null);
    const speed = ((warm.tokens - 1) * 1000) / Math.max(1, warm.totalMs - warm.firstTokenMs);
    const slow = warm.tokens > 1 && speed < TOKENS_PER_SECOND;
    say(slow ? "warn" : "ok", texts.speed, texts.perSecond(speed), slow ? texts.slowTodo : null);
    await memory();
    await parallel();
  } catch {
    say("fail", texts.model, texts.broken(model), texts.look);
  }
  return findings;

  async function memory(): Promise<void> {
    const loaded = await ollama.loaded(model);
    if (loaded === null) return say("warn", texts.memory, texts.gone, texts.keepAlive);
    const { contextLength, onGpu } = loaded;
    if (contextLength !== null) {
      const short = contextLength < CONTEXT;
      say(
        short ? "warn" : "ok",
        texts.context,
        texts.tokens(contextLength),
        short ? texts.contextTodo(CONTEXT) : null,
      );
    }
    const spilled = onGpu < 0.99;
    say(spilled ? "warn" : "ok", texts.memory, texts.onGpu(onGpu), spilled ? texts.spilled : null);
  }

  async function parallel(): Promise<void> {
    const at = await ollama.parallel(model, slots);
    const fewer = at < slots;
    say(fewer ? "warn" : "ok", texts.slots, texts.atOnce(at, slots), fewer ? texts.slotsTodo(at) : null);
  }
}

const SIGNS = { ok: "✓", warn: "!", fail: "✗" };

/** The findings as lines for a terminal, what is to be done below what was found. */
export const reportOf = (findings: Finding[]): string =>
  findings
    .flatMap(({ level, check, found, todo }) => [
      `${SIGNS[level]} ${check}: ${found}`,
      ...(todo === null ? [] : [`  → ${todo}`]),
    ])
    .join("\n");
