import { Agent, request } from "node:http";
import { Worker } from "node:worker_threads";
import type { Measure } from "./measure.ts";
import { benchServer } from "./server.ts";

const STREAMS = 100;
const SECONDS = 16;
/** Ten tokens a second each: together what a large graphics card gives. */
const TOKEN_MS = 100;
const FIRST_TOKEN_MS = 300;
const REPLY = "Le entiendo, nadie quiere pagar de más. Son 29,90 € al mes. ¿Lo probamos?".split(/(?= )/);
/** Not counted: a process that has just started compiles what it runs. */
const WARM_ROUNDS = 2;
const SAID = [
  "uf es que es muy caro",
  "lo tengo que pensar",
  "ya tengo otra compañía",
  "ahora no puedo hablar",
];

/** A fake Ollama in a thread of its own, so that its work is not the client's. */
function ollamaThread(): Promise<{ url: string; worker: Worker }> {
  const behaviour = { reply: REPLY, tokenMs: TOKEN_MS, firstTokenMs: FIRST_TOKEN_MS, slots: STREAMS };
  const code = `import { parentPort, workerData } from "node:worker_threads";
    const { fakeOllama } = await import(${JSON.stringify(new URL("../support/ollama.ts", import.meta.url).href)});
    parentPort.postMessage((await fakeOllama(workerData)).url);`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    workerData: behaviour,
  });
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (url: string) => resolve({ url, worker }));
  });
}

type Post = { url: string; headers: Record<string, string>; body: unknown; first: string };

/** Milliseconds from sending to the first piece that has `first` in it; resolves at the end of the answer. */
function firstToken({ url, headers, body, first }: Post, agent: Agent): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const sent = performance.now();
    let came: number | null = null;
    const asking = request(
      url,
      { method: "POST", agent, headers: { "content-type": "application/json", ...headers } },
      (answer) => {
        answer.on("data", (chunk: Buffer) => {
          if (came === null && chunk.includes(first)) came = performance.now() - sent;
        });
        answer.on("end", () => resolve(came));
        answer.on("error", reject);
      },
    );
    asking.on("error", reject);
    asking.end(JSON.stringify(body));
  });
}

/** Keeps every stream asking for the whole time, begun one after another; times to the first token, sorted. */
async function streams(
  ask: (stream: number, round: number) => Post,
): Promise<{ times: number[]; without: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: STREAMS });
  const times: number[] = [];
  let without = 0;
  const until = performance.now() + SECONDS * 1000;
  const one = async (stream: number) => {
    await new Promise((resolve) =>
      setTimeout(resolve, (stream * (FIRST_TOKEN_MS + TOKEN_MS * REPLY.length)) / STREAMS),
    );
    for (let round = 0; performance.now() < until; round++) {
      const time = await firstToken(ask(stream, round), agent);
      if (time === null) without++;
      else if (round >= WARM_ROUNDS) times.push(time);
    }
  };
  await Promise.all(Array.from({ length: STREAMS }, (_, stream) => one(stream)));
  agent.destroy();
  return { times: times.toSorted((a, b) => a - b), without };
}

const quantile = (sorted: number[], q: number): number => sorted[Math.floor(sorted.length * q)] ?? Number.NaN;
const tenths = (ms: number): number => Math.round(ms * 10) / 10;

/** What the server adds to Ollama's first token, card, queue, masking and guard-rails among it. */
export const measure: Measure = async () => {
  const { url, worker } = await ollamaThread();
  const server = await benchServer(STREAMS, { OLLAMA_URL: url, OLLAMA_NUM_PARALLEL: String(STREAMS) });
  const said = (stream: number, round: number) => SAID[(stream + round) % SAID.length] ?? "";
  try {
    const direct = await streams((stream, round) => ({
      url: `${url}/api/chat`,
      headers: {},
      body: {
        model: "llama3",
        messages: [{ role: "user", content: said(stream, round) }],
        stream: true,
        think: false,
      },
      first: '"content"',
    }));
    const through = await streams((stream, round) => ({
      url: `${server.url}/api/copilot/ask`,
      headers: { authorization: `Bearer ${server.tokens[stream]}` },
      body: { text: said(stream, round), context: "Internet Fibra Óptica 300Mbps" },
      first: "event: token",
    }));
    const added = (q: number) => tenths(quantile(through.times, q) - quantile(direct.times, q));
    const value = added(0.99);
    return [
      {
        name: "copilot-overhead",
        value,
        unit: "ms added to the first token, p99",
        goal: `<= 10 at ${STREAMS} streams`,
        pass: value <= 10 && through.without === 0,
        against: {
          p50Added: added(0.5),
          directP99: tenths(quantile(direct.times, 0.99)),
          throughP99: tenths(quantile(through.times, 0.99)),
          asks: through.times.length,
          withoutToken: through.without,
        },
      },
    ];
  } finally {
    await server.close();
    await worker.terminate();
  }
};
