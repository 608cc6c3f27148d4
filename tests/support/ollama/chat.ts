import { setTimeout as sleep } from "node:timers/promises";
import { modelNamed, tagged, type Failure, type FakeModel } from "./behaviour.ts";
import { pause, Refusal, silence, text, type Exchange } from "./exchange.ts";
import { beginLines, goDuration, goInstant, goJson, nowNs, omitEmpty, send, sendJson } from "./go.ts";
import { keepAlive, runnerOptions } from "./options.ts";
import { countTokens, type Turn } from "./scheduler.ts";

type Piece = { content: string; thinking?: string };
/** How the two routes differ: where the prompt comes from and what a piece of answer looks like. */
type Dialect = { prompt(body: Record<string, unknown>): string; piece(piece: Piece): object };

const chatDialect: Dialect = {
  prompt: ({ messages }) =>
    ((messages ?? []) as { role: string; content: string }[])
      .map((m) => `<|${m.role}|>${m.content}`)
      .join(""),
  piece: (piece) => ({ message: { role: "assistant", ...piece } }),
};
const generateDialect: Dialect = {
  prompt: ({ system, prompt }) => (prompt ? `${text(system)}${text(prompt)}` : ""),
  piece: ({ content, ...thinking }) => ({ response: content, ...thinking }),
};

export const chat = (exchange: Exchange): Promise<void> => answer(exchange, chatDialect);
export const generate = (exchange: Exchange): Promise<void> => answer(exchange, generateDialect);

async function answer(exchange: Exchange, dialect: Dialect): Promise<void> {
  const { body, behaviour, scheduler, res, gone } = exchange;
  const model = wanted(exchange);
  const keepMs = keepAlive(body["keep_alive"], behaviour.keepAliveMs);
  const prompt = dialect.prompt(body);
  const whole = (reason: string) =>
    sendJson(res, 200, {
      model: body["model"],
      created_at: goInstant(nowNs()),
      ...dialect.piece({ content: "" }),
      done: true,
      done_reason: reason,
    });

  if (prompt === "" && keepMs === 0) {
    scheduler.unload(tagged(model.name));
    return whole("unload");
  }
  if (behaviour.failure?.kind === "busy")
    throw new Refusal(503, "server busy, please try again.  maximum pending requests exceeded");
  const loadMs = await scheduler.load(tagged(model.name), runnerOptions(body["options"]), keepMs, gone);
  if (prompt === "") return whole("load");
  if (body["think"] === true && !model.thinking)
    throw new Refusal(400, `${JSON.stringify(model.name)} does not support thinking`);

  const turn = await scheduler.acquire(tagged(model.name), prompt, loadMs, gone);
  exchange.asked.cachedTokens = turn.cachedTokens;
  try {
    await speak(exchange, dialect, model, prompt, turn);
  } finally {
    turn.release();
  }
}

function wanted({ body, behaviour }: Exchange): FakeModel {
  const name = typeof body["model"] === "string" ? body["model"] : "";
  if (name === "") throw new Refusal(400, "model is required");
  const model = modelNamed(behaviour, name);
  if (!model) throw new Refusal(404, `model '${name}' not found`);
  return { ...model, name };
}

/** Everything from the free slot to the last line. */
async function speak(
  exchange: Exchange,
  dialect: Dialect,
  model: FakeModel,
  prompt: string,
  turn: Turn,
): Promise<void> {
  const { body, behaviour, res, gone, asked } = exchange;
  const began = performance.now();
  const promptTokens = countTokens(prompt);
  await pause((promptTokens - turn.cachedTokens) * behaviour.promptMsPerToken + behaviour.firstTokenMs, gone);
  const evaluated = performance.now();

  const { pieces, reason } = script(exchange, model, prompt);
  const base = () => ({ model: body["model"], created_at: goInstant(nowNs()) });
  const streaming = body["stream"] !== false;
  for (const piece of pieces) {
    if (await fail(exchange, behaviour.failure)) return;
    if (asked.tokens > 0) await pause(behaviour.tokenMs, gone);
    if (streaming) await line(exchange, { ...base(), ...dialect.piece(piece), done: false });
    asked.tokens += 1;
  }
  if (await fail(exchange, behaviour.failure)) return;

  const metrics = omitEmpty({
    total_duration: goDuration(turn.loadMs + performance.now() - began),
    load_duration: goDuration(turn.loadMs),
    prompt_eval_count: promptTokens,
    prompt_eval_duration: goDuration(evaluated - began),
    eval_count: pieces.length,
    eval_duration: goDuration(performance.now() - evaluated),
  });
  const text = streaming ? { content: "" } : joined(pieces);
  const last = { ...base(), ...dialect.piece(text), done: true, done_reason: reason, ...metrics };
  if (!streaming) return sendJson(res, 200, last);
  await line(exchange, last);
  res.end();
}

/** What the model says, cut at `num_predict`. A thinking model thinks unless told not to. */
function script(
  { body, behaviour }: Exchange,
  model: FakeModel,
  prompt: string,
): { pieces: Piece[]; reason: string } {
  const thinks = model.thinking === true && body["think"] !== false;
  const thoughts = thinks ? behaviour.thoughts.map((thinking) => ({ content: "", thinking })) : [];
  const reply = typeof behaviour.reply === "function" ? behaviour.reply(prompt) : behaviour.reply;
  const pieces = [...thoughts, ...reply.map((content) => ({ content }))];
  const limit = (body["options"] as { num_predict?: number } | undefined)?.num_predict ?? -1;
  const cut = limit > 0 && pieces.length > limit;
  return { pieces: cut ? pieces.slice(0, limit) : pieces, reason: cut ? "length" : "stop" };
}

function joined(pieces: Piece[]): Piece {
  const thinking = pieces.map((piece) => piece.thinking ?? "").join("");
  return { content: pieces.map(({ content }) => content).join(""), ...(thinking !== "" && { thinking }) };
}

async function line({ res, gone, behaviour }: Exchange, value: object): Promise<void> {
  if (!res.headersSent) beginLines(res);
  const bytes = Buffer.from(`${goJson(value)}\n`);
  if (!behaviour.cutCharacters) return void res.write(bytes);
  const multi = bytes.findIndex((byte) => byte >= 0xc0);
  const cut = multi === -1 ? bytes.length >> 1 : multi + 1;
  res.write(bytes.subarray(0, cut));
  await sleep(5, undefined, { signal: gone });
  res.write(bytes.subarray(cut));
}

/** @returns whether the answer is over */
async function fail({ res, gone, asked }: Exchange, failure: Failure | null): Promise<boolean> {
  if (failure === null || !("after" in failure) || asked.tokens !== failure.after) return false;
  switch (failure.kind) {
    case "silence":
      return silence(gone);
    case "reset":
      res.socket?.resetAndDestroy();
      return true;
    case "error":
      // before the first token Ollama still has a status to give, and a content type without charset
      if (!res.headersSent)
        send(res, failure.status ?? 500, "application/json", goJson({ error: failure.error }));
      else res.end(`${goJson({ error: failure.error })}\n`);
      return true;
    case "truncated":
      if (!res.headersSent) send(res, 200, "application/x-ndjson", "");
      else res.end();
      return true;
    case "bytes":
      if (!res.headersSent) beginLines(res);
      res.end(failure.bytes);
      return true;
    default:
      return failure satisfies never;
  }
}
