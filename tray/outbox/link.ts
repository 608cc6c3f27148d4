import { problem } from "#contract";
import type { Refusal } from "./queue.ts";

export type Fetch = typeof globalThis.fetch;

export type Answer =
  /** It is there. `body` is JSON, or null. */
  | { kind: "done"; body: unknown }
  /** It will never be taken as it is. */
  | { kind: "refused"; problem: Refusal }
  /** Perhaps later. `online`: the server did answer. */
  | { kind: "later"; online: boolean; waitMs: number | null }
  /** This PC has no token, or one that the server does not know. */
  | { kind: "unpaired" };

/** What to send. `bytes` go raw with their digest. */
export type Request = {
  method: "GET" | "POST" | "PUT";
  path: string;
  json?: object;
  bytes?: { data: Uint8Array<ArrayBuffer>; sha256: Buffer };
};

type Options = { serverUrl: string; token: () => string | null; fetch: Fetch };

const JSON_MS = 15_000;
/** Five mebibytes through a slow line. */
const BYTES_MS = 300_000;
const MOST_WAIT_MS = 300_000;

/**
 * The server, for things that may be sent twice. An answer counts only if it is CallManager's own: a proxy or
 * a hotel's log-in page in between never makes something count as arrived or as refused.
 */
export class Link {
  readonly #options: Options;
  #unknownToken: string | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Never rejects. With a token that the server does not know nothing is sent until there is another one. */
  async send(request: Request, signal: AbortSignal): Promise<Answer> {
    const token = this.#options.token();
    if (token === null || token === this.#unknownToken) return { kind: "unpaired" };
    let response: Response;
    let text: string;
    try {
      response = await this.#fetch(request, token, signal);
      text = await response.text();
    } catch {
      // Refused, reset, no name, no answer in time: whatever it is, only time helps.
      return { kind: "later", online: false, waitMs: null };
    }
    const answer = judge(response, text);
    if (answer.kind === "unpaired") this.#unknownToken = token;
    return answer;
  }

  #fetch({ method, path, json, bytes }: Request, token: string, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (json) headers["content-type"] = "application/json";
    if (bytes) {
      headers["content-type"] = "application/octet-stream";
      headers["content-digest"] = `sha-256=:${bytes.sha256.toString("base64")}:`;
    }
    return this.#options.fetch(`${this.#options.serverUrl}${path}`, {
      method,
      headers,
      body: bytes?.data ?? (json ? JSON.stringify(json) : null),
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(bytes ? BYTES_MS : JSON_MS)]),
    });
  }
}

function judge(response: Response, text: string): Answer {
  const { status } = response;
  const body = parse(text);
  if (status === 204) return { kind: "done", body: null };
  if (response.ok && typeof body === "object" && body !== null) return { kind: "done", body };
  const known = problem.safeParse(body);
  const ours = known.success && known.data.status === status;
  if (ours && status === 401) return { kind: "unpaired" };
  if (ours && status < 500 && ![408, 425, 429].includes(status))
    return { kind: "refused", problem: known.data };
  return { kind: "later", online: ours && status < 500, waitMs: retryAfter(response) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Seconds only: CallManager sends no dates here. */
function retryAfter({ headers }: Response): number | null {
  const seconds = Number(headers.get("retry-after") ?? "");
  return seconds > 0 ? Math.min(seconds * 1000, MOST_WAIT_MS) : null;
}
