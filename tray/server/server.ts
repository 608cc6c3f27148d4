import {
  type Listening,
  listening,
  type Pairing,
  pairing,
  panelTicket,
  pauseReasons,
  problem,
} from "#contract";
import type { z } from "zod";
import { type Server, ServerError } from "../ports.ts";

const PATIENCE_MS = 10_000;

type Options = {
  /** Without a slash at its end. */
  url: string;
  /** This PC's bearer token, or null before it is paired. */
  token: () => string | null;
};

/** The company's server over HTTP. */
export function createServer(options: Options): Server {
  return new HttpServer(options);
}

class HttpServer implements Server {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  pair(code: string, device: string): Promise<Pairing> {
    return this.#ask("POST", "/api/pair", pairing, { code, device }, null);
  }

  async panelUrl(): Promise<string> {
    const { ticket } = await this.#ask("POST", "/api/panel-tickets", panelTicket, {}, this.#token());
    return `${this.#options.url}/assist?ticket=${encodeURIComponent(ticket)}`;
  }

  async listening(): Promise<Listening> {
    const token = this.#token();
    return this.#ask("GET", "/api/agents/me/listening", listening, undefined, token);
  }

  async pauseReasons(): Promise<string[]> {
    const token = this.#token();
    const { items } = await this.#ask("GET", "/api/agents/pause-reasons", pauseReasons, undefined, token);
    return items.map(({ name }) => name);
  }

  #token(): string {
    const token = this.#options.token();
    if (token !== null) return token;
    throw new ServerError("not_paired", "this PC is not paired", "Pair it with a code.", false);
  }

  async #ask<T extends z.ZodType>(
    method: "GET" | "POST",
    path: string,
    shape: T,
    body: object | undefined,
    token: string | null,
  ): Promise<z.output<T>> {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (token !== null) headers["authorization"] = `Bearer ${token}`;
    const init = {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(PATIENCE_MS),
    };
    const { status, json } = await answer(`${this.#options.url}${path}`, init);
    const parsed = shape.safeParse(json);
    if (status < 300 && parsed.success) return parsed.data;
    throw refusal(status, json);
  }
}

async function answer(url: string, init: RequestInit): Promise<{ status: number; json: unknown }> {
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    return { status: response.status, json: parse(text) };
  } catch (cause) {
    const error = new ServerError(
      "unreachable",
      "the server does not answer",
      "Check the network and SERVER_URL.",
      true,
    );
    error.cause = cause;
    throw error;
  }
}

/** What is not JSON does not come from the server but from something between. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(status: number, json: unknown): ServerError {
  const known = problem.safeParse(json);
  const retry = status === 429 || status >= 500;
  if (known.success) return new ServerError(known.data.code, known.data.detail, known.data.hint, retry);
  return new ServerError(
    "unexpected",
    `the server answered ${status}`,
    "Check that SERVER_URL is CallManager's.",
    retry,
  );
}
