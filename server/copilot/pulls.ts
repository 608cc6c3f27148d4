import type { Language, Pull } from "#contract";
import { AppError } from "../errors.ts";
import type { Log } from "../http/log.ts";
import { isCloud, OllamaError, type LocalModels } from "./ollama.ts";
import { pullHint } from "./texts.ts";

export type Pulls = ReturnType<typeof createPulls>;

/** An ended download stays in the list for so long, in ms. */
const SHOWN_MS = 600_000;

type Running = {
  pull: Omit<Pull, "hint">;
  code: OllamaError["code"] | null;
  stop: AbortController;
  endedAt: number | null;
};

/** Models on their way from ollama.com's library. They go on when the page that started them is closed. */
export function createPulls(ollama: LocalModels, log: Log, clock: () => Date) {
  const all = new Map<string, Running>();

  async function run(model: string, running: Running): Promise<void> {
    const layers = new Map<string, { completed: number; total: number }>();
    try {
      for await (const progress of ollama.pull(model, running.stop.signal)) {
        if (progress.digest !== undefined && progress.total !== undefined)
          layers.set(progress.digest, { completed: progress.completed ?? 0, total: progress.total });
        const sum = (of: "completed" | "total") =>
          [...layers.values()].reduce((sum, layer) => sum + layer[of], 0);
        running.pull = {
          model,
          step: stepOf(progress.status),
          completed: sum("completed"),
          total: sum("total"),
        };
      }
      running.pull = { ...running.pull, step: "done" };
      log.info("model fetched", { model });
    } catch (error) {
      if (running.stop.signal.aborted) return void all.delete(model);
      running.code = error instanceof OllamaError ? error.code : "ollama_failed";
      running.pull = { ...running.pull, step: "failed" };
      log.info("model not fetched", { model, code: running.code });
    } finally {
      running.endedAt = clock().getTime();
    }
  }

  return {
    /** Fetches a model, or joins the download that runs. @throws model_refused */
    start(model: string, language: Language): Pull {
      if (isCloud(model)) throw new AppError("model_refused");
      const before = all.get(model);
      const running: Running = before?.endedAt === null ? before : fresh(model);
      if (running !== before) {
        all.set(model, running);
        void run(model, running);
      }
      return shown(running, language);
    },

    /** What has come stays at Ollama: the next download of it goes on from there. @throws not_found */
    stop(model: string): void {
      const running = all.get(model);
      if (!running) throw new AppError("not_found");
      running.stop.abort();
      all.delete(model);
    },

    /** Those that run, and those that ended in the last minutes. */
    list(language: Language): Pull[] {
      const now = clock().getTime();
      for (const [model, { endedAt }] of all)
        if (endedAt !== null && now - endedAt > SHOWN_MS) all.delete(model);
      return [...all.values()].map((running) => shown(running, language));
    },

    stopAll(): void {
      for (const { stop } of all.values()) stop.abort();
    },
  };
}

const fresh = (model: string): Running => ({
  pull: { model, step: "preparing", completed: 0, total: 0 },
  code: null,
  stop: new AbortController(),
  endedAt: null,
});

const shown = ({ pull, code }: Running, language: Language): Pull => ({
  ...pull,
  hint: code === null ? null : pullHint(language, code),
});

/** Ollama's own words for where it is. */
function stepOf(status: string): Pull["step"] {
  if (/^pulling (?!manifest)/.test(status)) return "downloading";
  return /^(verifying|writing|removing|success)/.test(status) ? "checking" : "preparing";
}
