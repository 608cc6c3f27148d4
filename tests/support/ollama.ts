import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { isIP } from "node:net";
import { defaults, tagged, type Behaviour } from "./ollama/behaviour.ts";
import { chat, generate } from "./ollama/chat.ts";
import { Refusal, type Asked, type Exchange } from "./ollama/exchange.ts";
import { send, sendJson } from "./ollama/go.ts";
import { embed, ps, tags } from "./ollama/models.ts";
import { Downloads, pull } from "./ollama/pull.ts";
import { Scheduler } from "./ollama/scheduler.ts";

export type { Asked } from "./ollama/exchange.ts";
export type { Behaviour, Failure } from "./ollama/behaviour.ts";

/** A fake Ollama: the bytes and the timing of the real one, and an answer that a test chose. */
export type FakeOllama = {
  /** `http://127.0.0.1:<port>` */
  url: string;
  port: number;
  /** Every request in order, with what became of it. */
  asked: Asked[];
  /** The requests that want an answer from a model. */
  chats(): Asked[];
  /** TCP connections that are open now. */
  sockets(): number;
  /** Answers in progress, each on its slot. */
  running(): number;
  /** Requests that wait for a slot or a load. */
  waiting(): number;
  /** Errors of the fake itself; a test expects none. */
  faults: unknown[];
  /** Changes what it does from the next request on. */
  set(change: Partial<Behaviour>): void;
  /** Stops listening and cuts every connection: from now on connections are refused. */
  refuse(): Promise<void>;
  /** Listens again, on the same port. */
  accept(): Promise<void>;
  close(): Promise<void>;
};

/** Starts a fake Ollama on a free port of 127.0.0.1. What real Ollama does is in research/copilot.md 1.1. */
export async function fakeOllama(change: Partial<Behaviour> = {}): Promise<FakeOllama> {
  let behaviour: Behaviour = { ...defaults, ...change };
  const scheduler = new Scheduler(() => behaviour);
  const downloads = new Downloads();
  const asked: Asked[] = [];
  const faults: unknown[] = [];
  const sockets = new Set<Socket>();
  const installed = (name: string) => {
    behaviour = { ...behaviour, models: [...behaviour.models, tagged(name)] };
  };
  const routes = table(pull(downloads, installed));

  const serve = async (req: IncomingMessage, res: ServerResponse) => {
    const { method = "GET", headers } = req;
    const path = new URL(req.url ?? "/", "http://fake").pathname;
    const entry: Asked = { method, path, headers, body: "", outcome: "open", tokens: 0, cachedTokens: null };
    asked.push(entry);
    const hangUp = new AbortController();
    // a socket that the client only half-closed still takes an answer: Go's server sees it as gone, too
    const leave = () => hangUp.abort(new Error("the client hung up"));
    req.socket.once("end", leave).once("close", leave);
    const exchange: Exchange = { asked: entry, body: {}, res, gone: hangUp.signal, behaviour, scheduler };
    try {
      await respond(exchange, routes, req);
    } catch (error) {
      refuseOrLeave(exchange, error, faults);
    }
    req.socket.off("end", leave).off("close", leave);
    entry.outcome = hangUp.signal.aborted ? "left" : "answered";
    if (hangUp.signal.aborted) req.socket.end();
  };
  const server = createServer((req, res) => void serve(req, res));
  // undocumented in Node's types: without it Node would end the socket before row 12 can be answered
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on("connection", (socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };

  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    faults,
    chats: () => asked.filter(({ path }) => path === "/api/chat" || path === "/api/generate"),
    sockets: () => sockets.size,
    running: () => scheduler.running,
    waiting: () => scheduler.waiting,
    set: (more) => {
      behaviour = { ...behaviour, ...more };
    },
    refuse: stop,
    accept: () => listen(port),
    close: async () => (server.listening ? stop() : undefined),
  };
}

type Routes = Record<string, (exchange: Exchange) => Promise<void>>;

const table = (pulling: (exchange: Exchange) => Promise<void>): Routes => ({
  "GET /": async ({ res }) => send(res, 200, "text/plain; charset=utf-8", "Ollama is running"),
  "HEAD /": async ({ res }) => send(res, 200, "text/plain; charset=utf-8", "Ollama is running"),
  "GET /api/version": async ({ res, behaviour }) => sendJson(res, 200, { version: behaviour.version }),
  "GET /api/status": async ({ res, behaviour }) =>
    sendJson(res, 200, { cloud: { disabled: behaviour.cloudDisabled, source: "env" } }),
  "GET /api/tags": tags,
  "GET /api/ps": ps,
  "POST /api/chat": chat,
  "POST /api/generate": generate,
  "POST /api/embed": embed,
  "POST /api/pull": pulling,
});

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of req) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString("utf8");
}

async function respond(exchange: Exchange, routes: Routes, req: IncomingMessage): Promise<void> {
  const { asked, res, behaviour } = exchange;
  const text = await bodyOf(req);
  const { failure } = behaviour;
  if (!ownHost(req.headers.host) || !ownOrigin(req.headers.origin, res)) return send(res, 403, null, "");
  if (failure?.kind === "stranger") return send(res, failure.status, "text/html", failure.text);
  const route = routes[`${asked.method} ${asked.path}`];
  if (!route) return send(res, 404, "text/plain", "404 page not found");
  if (asked.method === "POST") {
    exchange.body = parse(text);
    asked.body = exchange.body;
    if (failure?.kind === "status") throw new Refusal(failure.status, failure.error);
  }
  await route(exchange);
}

function parse(text: string): Record<string, unknown> {
  if (text === "") throw new Refusal(400, "missing request body");
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    const [first = ""] = text.trim();
    throw new Refusal(400, `invalid character '${first}' looking for beginning of value`);
  }
}

function refuseOrLeave({ res, gone }: Exchange, error: unknown, faults: unknown[]): void {
  if (error instanceof Refusal && !res.headersSent) sendJson(res, error.status, { error: error.message });
  else if (!gone.aborted) faults.push(error);
}

/** Bound to loopback, Ollama answers only to names that mean this machine or its network. */
function ownHost(host = ""): boolean {
  const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  if (name === "" || name === "localhost" || /\.(localhost|local|internal)$/.test(name)) return true;
  return (
    isIP(name) !== 0 && /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0$|::1?$)/.test(name)
  );
}

/** CORS: pages of this machine only. */
function ownOrigin(origin: string | undefined, res: ServerResponse): boolean {
  if (origin === undefined) return true;
  if (
    !/^(https?:\/\/(localhost|127\.0\.0\.1|0\.0\.0\.0)(:\d+)?|(app|file|tauri|vscode-webview|vscode-file):\/\/.*)$/.test(
      origin,
    )
  )
    return false;
  res.setHeader("access-control-allow-origin", origin);
  return true;
}
