import { Ollama } from "ollama";
import { strictLines } from "./lines.ts";

export type OllamaErrorCode =
  | "ollama_unreachable"
  | "model_missing"
  | "model_refused"
  | "ollama_slow"
  | "ollama_busy"
  | "ollama_failed";

/** Why Ollama gave no answer, or no whole one. Carries nothing of what was said. */
export class OllamaError extends Error {
  readonly code: OllamaErrorCode;
  constructor(code: OllamaErrorCode, cause?: unknown) {
    super(code, { cause });
    this.name = "OllamaError";
    this.code = code;
  }
}

export type Message = { role: "system" | "user" | "assistant"; content: string };

/** The company's own language models. */
export interface LocalModels {
  /**
   * The model's answer in pieces, none of them empty.
   * Leaving the loop, or aborting `signal`, closes the connection, which frees Ollama's slot.
   * @throws OllamaError, or the reason of `signal`
   */
  chat(model: string, messages: Message[], signal: AbortSignal): AsyncIterable<string>;
  /** Names of the installed models that stay in the company. @throws OllamaError */
  models(): Promise<string[]>;
  /**
   * Loads a model and lets it evaluate these messages, so that the next prompt that begins with them starts
   * sooner. No messages: only loads it. @throws OllamaError
   */
  warm(model: string, messages: Message[]): Promise<void>;
  /**
   * Fetches a model from Ollama's library. Leaving the loop, or aborting `signal`, stops it.
   * @throws OllamaError (`model_missing` for an unknown name), or the reason of `signal`
   */
  pull(model: string, signal: AbortSignal): AsyncIterable<PullProgress>;
  /** Resolves while Ollama answers. @throws OllamaError */
  check(): Promise<void>;
}

/** Where a download is; bytes are of one layer. */
export type PullProgress = { status: string; digest?: string; total?: number; completed?: number };

/** Milliseconds. `load`: reading a large model from a slow disk takes minutes. */
export type Deadlines = { firstToken: number; idle: number; total: number; check: number; load: number };
const DEADLINES: Deadlines = { firstToken: 2_500, idle: 5_000, total: 15_000, check: 1_500, load: 600_000 };
/** The same for every request: another `num_ctx` than the last one's would make Ollama load the model again. */
const OPTIONS = { num_predict: 120, temperature: 0.3 };

/** Whether `installed`, as Ollama lists it, is the model that somebody named: «llama3» is «llama3:latest». */
export const isModel = (installed: string, named: string): boolean =>
  installed === named || installed === `${named}:latest`;

/** `…:cloud` and `…-cloud` models are run by ollama.com: customers' words would leave the company. */
export const isCloud = (model: string): boolean => /[-:]cloud$/i.test(model.trim());

/** Ollama at `url`, through the `ollama` package. `deadlines` are for tests. */
export function localOllama(url: string, deadlines: Partial<Deadlines> = {}): LocalModels {
  const limits = { ...DEADLINES, ...deadlines };
  // one client an ask: ollama-js aborts all streams of a client at once, and none before its headers
  const client = (signal: AbortSignal) => new Ollama({ host: url, fetch: guardedFetch(signal) });

  async function* chat(model: string, messages: Message[], signal: AbortSignal): AsyncIterable<string> {
    if (isCloud(model)) throw new OllamaError("model_refused");
    signal.throwIfAborted();
    const ask = deadlineAsk(signal, limits);
    try {
      const request = {
        model,
        messages,
        options: OPTIONS,
        think: false,
        keep_alive: -1,
        stream: true,
      } as const;
      const stream = await client(ask.signal).chat({ ...request });
      for await (const { message } of stream) {
        if (message.content === "") continue;
        ask.heard();
        yield message.content;
        ask.waiting();
      }
    } catch (error) {
      ask.signal.throwIfAborted();
      throw await explained(error);
    } finally {
      ask.end();
    }
    if (ask.silent()) throw new OllamaError("ollama_failed");
  }

  async function explained(error: unknown): Promise<OllamaError> {
    if (error instanceof OllamaError) return error;
    // no runtime names the cause of a failed fetch alike, so whether somebody is there is asked
    const there =
      error instanceof NoAnswer
        ? await quickly((c) => c.version()).then(
            () => true,
            () => false,
          )
        : true;
    return new OllamaError(there ? "ollama_failed" : "ollama_unreachable", error);
  }

  const quickly = async <T>(request: (client: Ollama) => Promise<T>): Promise<T> =>
    request(client(AbortSignal.timeout(limits.check)));

  async function* pull(model: string, signal: AbortSignal): AsyncIterable<PullProgress> {
    if (isCloud(model)) throw new OllamaError("model_refused");
    try {
      yield* await client(signal).pull({ model, stream: true });
    } catch (error) {
      signal.throwIfAborted();
      // an unknown name is told in the stream, after a 200
      const unknown = error instanceof Error && /does not exist|not found/i.test(error.message);
      throw unknown ? new OllamaError("model_missing", error) : await explained(error);
    }
  }

  return {
    chat,
    pull,
    async warm(model, messages) {
      if (isCloud(model)) throw new OllamaError("model_refused");
      const options = { ...OPTIONS, ...(messages.length > 0 && { num_predict: 1 }) };
      const request = { model, messages, options, think: false, keep_alive: -1 };
      try {
        await client(AbortSignal.timeout(limits.load)).chat(request);
      } catch (error) {
        throw await explained(error);
      }
    },
    async models() {
      try {
        const { models } = await quickly((c) => c.list());
        return models
          .filter((model) => !isCloud(model.name) && !("remote_host" in model))
          .map(({ name }) => name);
      } catch (error) {
        throw await explained(error);
      }
    },
    async check() {
      await quickly((c) => c.version()).catch((cause: unknown) => {
        throw new OllamaError("ollama_unreachable", cause);
      });
    },
  };
}

/** No response at all: refused, reset before the headers, no such host. */
class NoAnswer extends Error {}

/** A fetch that `signal` can end at any moment, and that lets ollama-js see nothing that it would print. */
export function guardedFetch(signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    const both = init?.signal ? AbortSignal.any([init.signal, signal]) : signal;
    const response = await fetch(input, { ...init, signal: both, redirect: "error" }).catch(
      (cause: unknown) => {
        signal.throwIfAborted();
        throw new NoAnswer("no response", { cause });
      },
    );
    const { status, headers, body } = response;
    if (!response.ok) {
      const isOllama = headers.get("content-type")?.startsWith("application/json") ?? false;
      await body?.cancel();
      throw refusal(status, isOllama);
    }
    return new Response(body?.pipeThrough(strictLines()) ?? null, { status, headers });
  };
}

function refusal(status: number, isOllama: boolean): OllamaError {
  if (status === 404 && isOllama) return new OllamaError("model_missing");
  return new OllamaError(status === 503 ? "ollama_busy" : "ollama_failed");
}

/** One ask's way to end early: its asker leaves, or one of its deadlines passes. */
function deadlineAsk(asker: AbortSignal, limits: Deadlines) {
  const stop = new AbortController();
  const late = (ms: number) => setTimeout(() => stop.abort(new OllamaError("ollama_slow")), ms);
  const total = late(limits.total);
  let next = late(limits.firstToken);
  let heard = false;
  return {
    signal: AbortSignal.any([asker, stop.signal]),
    /** A piece has come. Until it is taken, the model is not waited for. */
    heard() {
      heard = true;
      clearTimeout(next);
    },
    waiting() {
      next = late(limits.idle);
    },
    silent: () => !heard,
    end() {
      clearTimeout(total);
      clearTimeout(next);
      stop.abort();
    },
  };
}
