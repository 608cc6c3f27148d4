import { createHash } from "node:crypto";
import { modelNamed, tagged, type Behaviour, type FakeModel } from "./behaviour.ts";
import { Refusal, text, type Exchange } from "./exchange.ts";
import { goDuration, goInstant, sendJson } from "./go.ts";
import { countTokens } from "./scheduler.ts";

const SIZE = 4_661_224_676;
const MODIFIED = goInstant(1_763_800_000_262_973_024n);

export const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

function describe(model: FakeModel) {
  const name = tagged(model.name);
  const details = {
    parent_model: "",
    format: "gguf",
    family: "llama",
    families: ["llama"],
    parameter_size: "8.0B",
    quantization_level: "Q4_0",
  };
  return { name, model: name, size: model.size ?? SIZE, digest: digestOf(name), details };
}

const onDisk = ({ models }: Behaviour): FakeModel[] =>
  models.map((model) => (typeof model === "string" ? { name: model } : model));

/** GET /api/tags: what is on the disk. */
export async function tags({ res, behaviour }: Exchange): Promise<void> {
  const models = onDisk(behaviour).map((model) => {
    const { name, model: same, ...rest } = describe(model);
    const capabilities = ["completion", "tools", ...(model.thinking ? ["thinking"] : [])];
    return { name, model: same, modified_at: MODIFIED, ...rest, capabilities };
  });
  sendJson(res, 200, { models });
}

/** GET /api/ps: what is loaded. */
export async function ps({ res, behaviour, scheduler }: Exchange): Promise<void> {
  const models = scheduler.loaded().map(({ name, expiresAt }) => {
    const model = describe(modelNamed(behaviour, name) ?? { name });
    const expires_at = goInstant(BigInt(Math.round(expiresAt)) * 1_000_000n);
    return {
      ...model,
      expires_at,
      size_vram: Math.round(model.size * behaviour.onGpu),
      context_length: behaviour.contextLength,
    };
  });
  sendJson(res, 200, { models });
}

const DIMENSIONS = 32;

/** POST /api/embed: the same text gives the same vector of length 1. */
export async function embed({ res, body, behaviour }: Exchange): Promise<void> {
  const began = performance.now();
  const name = text(body["model"]);
  if (name === "") throw new Refusal(400, "model is required");
  if (!modelNamed(behaviour, name)) throw new Refusal(404, `model '${name}' not found`);
  const inputs = [body["input"] ?? []].flat().map(String);
  const embeddings = inputs.map((input) => {
    const bytes = createHash("sha256").update(input).digest().subarray(0, DIMENSIONS);
    const length = Math.hypot(...[...bytes].map((byte) => byte - 128));
    return [...bytes].map((byte) => (byte - 128) / length);
  });
  const prompt_eval_count = inputs.reduce((sum, input) => sum + countTokens(input), 0);
  const total_duration = goDuration(performance.now() - began);
  sendJson(res, 200, { model: name, embeddings, total_duration, load_duration: 1, prompt_eval_count });
}
