/** A model that the fake has on its disk. */
export type FakeModel = {
  name: string;
  thinking?: boolean;
  /** Bytes on disk. */
  size?: number;
};

/** How an answer goes wrong. `after` counts the tokens that went out before. */
export type Failure =
  /** An error instead of an answer, e.g. 500 when the runner died (rows 10 and 13). */
  | { kind: "status"; status: number; error: string }
  /** The pending queue is full (row 11). */
  | { kind: "busy" }
  /** Somebody else listens on this port: not Ollama's JSON. */
  | { kind: "stranger"; status: number; text: string }
  /** `{"error":…}` as the last line of a stream, or instead of it (rows 13 and 14). */
  | { kind: "error"; after: number; error: string; status?: number }
  /** The stream ends without its `done` line. */
  | { kind: "truncated"; after: number }
  /** TCP reset. */
  | { kind: "reset"; after: number }
  /** Nothing more comes; with `after: 0` not even headers. */
  | { kind: "silence"; after: number }
  /** These bytes, then the end of the stream. */
  | { kind: "bytes"; after: number; bytes: string };

/** What the fake does; `FakeOllama.set` changes it between requests. Milliseconds. */
export type Behaviour = {
  version: string;
  models: (string | FakeModel)[];
  /** Models that `/api/pull` can fetch, beside those on disk. */
  registry: string[];
  /** The tokens of every answer, or what makes them of the prompt. */
  reply: string[] | ((prompt: string) => string[]);
  /** What a thinking model thinks first, unless `think` is false. */
  thoughts: string[];
  /** From the free slot to the first token, beside the prompt's own time. */
  firstTokenMs: number;
  /** Between tokens. */
  tokenMs: number;
  /** For each token of the prompt that no slot has in its prefix cache. */
  promptMsPerToken: number;
  loadMs: number;
  /** OLLAMA_NUM_PARALLEL: answers at once; the others wait silently and without a bound. */
  slots: number;
  /** OLLAMA_MAX_QUEUE: requests that may wait for a model to be loaded. */
  maxQueue: number;
  /** OLLAMA_KEEP_ALIVE. */
  keepAliveMs: number;
  contextLength: number;
  /** OLLAMA_NO_CLOUD. */
  cloudDisabled: boolean;
  /** The share of a loaded model in the graphics card's memory. */
  onGpu: number;
  /** Sends every line in two TCP segments, cut inside a multi-byte character where there is one. */
  cutCharacters: boolean;
  /** Between two lines of progress of a pull. */
  pullTickMs: number;
  failure: Failure | null;
};

export const defaults: Behaviour = {
  version: "0.32.15",
  models: ["llama3"],
  registry: ["llama3", "mistral", "neural-chat"],
  reply: ["Le", " entiendo", ".", " Son", " 29,90", " €", " al", " mes", "."],
  thoughts: ["El", " cliente", " duda"],
  firstTokenMs: 0,
  tokenMs: 0,
  promptMsPerToken: 0,
  loadMs: 0,
  slots: 1,
  maxQueue: 512,
  keepAliveMs: 300_000,
  contextLength: 4096,
  cloudDisabled: false,
  onGpu: 1,
  cutCharacters: false,
  pullTickMs: 60,
  failure: null,
};

/** The tag that Ollama gives to a name without one. */
export const tagged = (name: string): string => (name.includes(":") ? name : `${name}:latest`);

/** The model on disk that a request means, if there is one. */
export function modelNamed({ models }: Behaviour, name: string): FakeModel | undefined {
  return models
    .map((model) => (typeof model === "string" ? { name: model } : model))
    .find((model) => tagged(model.name) === tagged(name));
}
