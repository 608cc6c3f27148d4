import { Ollama } from "ollama";
import { guardedFetch, isModel } from "./ollama.ts";

/** How Ollama has a model in memory. */
export type Loaded = {
  /** Tokens; null where this Ollama does not say. */
  contextLength: number | null;
  /** The share of the model that is in the graphics card's memory, 0 to 1; the rest runs on the processor. */
  onGpu: number;
};

/** How one answer came. */
export type Timing = { firstTokenMs: number; totalMs: number; tokens: number };

const QUESTION = [{ role: "user", content: "Es muy caro" }];
const SHORT_MS = 3_000;
const LONG_MS = 120_000;

/** Looks at an Ollama as an admin would: for `copilot doctor`. Everything rejects when Ollama does not answer. */
export function probeOllama(url: string) {
  const client = (ms: number) => new Ollama({ host: url, fetch: guardedFetch(AbortSignal.timeout(ms)) });

  /** A short answer, timed. The first one of a model contains its loading. */
  async function answer(model: string): Promise<Timing> {
    const began = performance.now();
    const stream = await client(LONG_MS).chat({
      model,
      messages: QUESTION,
      options: { num_predict: 40, temperature: 0 },
      think: false,
      keep_alive: -1,
      stream: true,
    });
    let firstTokenMs = Number.NaN;
    let tokens = 0;
    for await (const { message } of stream) {
      if (message.content === "") continue;
      if (tokens === 0) firstTokenMs = performance.now() - began;
      tokens++;
    }
    return { firstTokenMs, totalMs: performance.now() - began, tokens };
  }

  return {
    version: async (): Promise<string> => (await client(SHORT_MS).version()).version,
    models: async (): Promise<string[]> => (await client(SHORT_MS).list()).models.map(({ name }) => name),

    /** Null when it is not in memory. */
    async loaded(model: string): Promise<Loaded | null> {
      const { models } = await client(SHORT_MS).ps();
      const found = models.find(({ name }) => isModel(name, model));
      if (!found) return null;
      const { context_length: contextLength } = found as { context_length?: number };
      return {
        contextLength: contextLength ?? null,
        onGpu: found.size > 0 ? found.size_vram / found.size : 0,
      };
    },

    /** Whether models at ollama.com are switched off; null where this Ollama does not say. */
    async cloudOff(): Promise<boolean | null> {
      const response = await fetch(new URL("/api/status", url), { signal: AbortSignal.timeout(SHORT_MS) });
      if (!response.ok) return null;
      const { cloud } = (await response.json()) as { cloud?: { disabled?: boolean } };
      return cloud?.disabled ?? null;
    },

    answer,

    /**
     * How many of `asks` answers that are asked for at once are made at once: those that began well before the
     * first one ended.
     */
    async parallel(model: string, asks: number): Promise<number> {
      const timings = await Promise.all(Array.from({ length: asks }, () => answer(model)));
      const [first] = timings.toSorted((a, b) => a.totalMs - b.totalMs);
      if (!first) return 0;
      const middle = (first.firstTokenMs + first.totalMs) / 2;
      return timings.filter(({ firstTokenMs }) => firstTokenMs < middle).length;
    },
  };
}
