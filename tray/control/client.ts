import { problem } from "#contract";
import { readIfThere } from "../files.ts";
import { tokenFile } from "./token.ts";

type Options = { port: number; data: string };
type Request = { method: "GET" | "POST"; path: string; body?: object };

const COMMANDS: Record<string, Request> = {
  status: { method: "GET", path: "/status" },
  summon: { method: "POST", path: "/summon", body: {} },
  "call start": { method: "POST", path: "/call/start", body: { source: "script" } },
  "call end": { method: "POST", path: "/call/end", body: {} },
};

/** What can be said to a tray that runs. */
export const REQUESTS = [...Object.keys(COMMANDS), "pair CODE"];

/** The request that the words of a command line stand for, or null. */
export function requestOf(words: string[]): Request | null {
  const [first, code, ...more] = words;
  if (first === "pair" && code !== undefined && more.length === 0)
    return { method: "POST", path: "/pair", body: { code } };
  return COMMANDS[words.join(" ")] ?? null;
}

/**
 * Asks the tray that runs on this PC. Resolves to what it answered.
 * @throws Error with a readable reason: none runs, or it refused
 */
export async function ask({ port, data }: Options, { method, path, body }: Request): Promise<unknown> {
  const token = readIfThere(tokenFile(data))?.trim();
  if (!token) throw new Error(`No tray has run with this data folder yet (${data}). Start it first.`);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const init = {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
    signal: AbortSignal.timeout(15_000),
  };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init).catch((cause: unknown) => {
    throw new Error(`No tray answers on port ${port}. Start it first.`, { cause });
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const { detail, hint } = problem.pick({ detail: true, hint: true }).parse(answer);
  throw new Error(`${detail} ${hint}`);
}
