import type {
  AskFeedback,
  Call,
  CallChange,
  CopilotStatus,
  Language,
  Me,
  Page,
  PairingCode,
  Peaks,
  Problem,
  Recording,
  Role,
  Stats,
  User,
} from "#contract";
import { language, t } from "./i18n/index.ts";

export type NewUser = {
  name: string;
  email: string;
  password: string;
  role: Role;
  team: string;
  site: string;
  language: "es" | "en";
};
/** Values of a query; those that are undefined or empty are left out. */
export type Query = Record<string, string | number | undefined>;

/** What the server answered instead of a result, in the reader's language. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Any failure as the problem that a person reads: the server's own, else that it cannot be reached. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  const { offline: detail, offlineHint: hint } = t.trouble;
  return { type: "about:blank", title: detail, status: 0, detail, code: "offline", hint };
}

/** Goes to the sign-in page, and comes back here afterwards. */
export function goToLogin(): void {
  location.replace(`/login?next=${encodeURIComponent(location.pathname + location.hash)}`);
}

/**
 * A request with the reader's language. What is not a `Blob` goes as JSON.
 * @throws {ApiError} for an answer that is not 2xx; a `TypeError` when the server cannot be reached
 */
export async function request(
  method: string,
  path: string,
  body?: unknown,
  more: Pick<RequestInit, "signal" | "keepalive"> & { language?: Language } = {},
): Promise<Response> {
  const { language: asked = language, ...rest } = more;
  const headers: Record<string, string> = { "accept-language": asked };
  const init: RequestInit = { method, headers, ...rest };
  if (body instanceof Blob) init.body = body;
  else if (body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(body);
  }
  const response = await fetch(path, init);
  if (response.ok) return response;
  throw new ApiError(await problemIn(response));
}

async function problemIn(response: Response): Promise<Problem> {
  const type = response.headers.get("content-type") ?? "";
  if (type.includes("json")) return (await response.json()) as Problem;
  return { ...problemOf(null), status: response.status };
}

/** The answer of a JSON route. */
export async function json<T>(...asked: Parameters<typeof request>): Promise<T> {
  return (await (await request(...asked)).json()) as T;
}

/** `?a=1&b=2`, or nothing. */
export function queryString(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0
    ? ""
    : `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
}

/** The server's routes that the pages use. */
export const api = {
  me: () => json<Me>("GET", "/api/me"),
  setUp: (input: { token: string; name: string; email: string; password: string }) =>
    json<User>("POST", "/api/setup", input),
  signIn: (email: string, password: string) => json<User>("POST", "/api/login", { email, password }),
  signOut: () => request("POST", "/api/logout"),
  users: (query: Query = {}) => json<Page<User>>("GET", `/api/users${queryString(query)}`),
  addUser: (user: NewUser) => json<User>("POST", "/api/users", user),
  pairingCode: (userId: string) => json<PairingCode>("POST", "/api/pairing-codes", { userId }),
  calls: (query: Query) => json<Page<Call>>("GET", `/api/calls${queryString(query)}`),
  changeCall: (id: string, change: CallChange) => json<Call>("PATCH", `/api/calls/${id}`, change),
  recordings: (query: Query) => json<Page<Recording>>("GET", `/api/recordings${queryString(query)}`),
  peaks: (callId: string) => json<Peaks>("GET", `/api/recordings/${callId}/peaks`),
  stats: (query: Query) => json<Stats>("GET", `/api/stats${queryString(query)}`),
  copilotStatus: (query: Query) => json<CopilotStatus>("GET", `/api/copilot/status${queryString(query)}`),
  chooseModel: (model: string) => json<CopilotStatus>("PUT", "/api/copilot/model", { model }),
  /** Arrives also from a window that is closing. */
  tellAsk: (id: string, feedback: AskFeedback) =>
    request("POST", `/api/copilot/asks/${id}`, feedback, { keepalive: true }),
};

/** Where the browser plays a recording from, or downloads it. */
export const audioUrl = (callId: string, download = false): string =>
  `/api/recordings/${callId}/audio${download ? "?download=1" : ""}`;
