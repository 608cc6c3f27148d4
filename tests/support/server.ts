import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MiddlewareHandler } from "hono";
import { v7 as uuidv7 } from "uuid";
import type { Call, CallEnd, CallStart, Problem, Role } from "#contract";
import { createApp } from "../../server/app.ts";
import { hashPassword } from "../../server/auth/passwords.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { hashToken, newToken } from "../../server/auth/tokens.ts";
import { readConfig } from "../../server/config.ts";
import type { Store } from "../../server/db/store.ts";
import { openSqlite } from "../../server/db/sqlite.ts";
import type { Log } from "../../server/http/log.ts";
import { webBody } from "../../server/http/body.ts";
import { webHeaders } from "../../server/http/headers.ts";
import { webPipe } from "../../server/http/pipe.ts";
import { memoryBus } from "../../server/live/bus.ts";
import { folderStore } from "../../server/recordings/folder.ts";

export const ORIGIN = "http://localhost:5000";
export const PASSWORD = "una clave larga";
/** Cheap on purpose: tests make many people. */
const PASSWORD_HASH = await hashPassword(PASSWORD, 4);

/** Somebody who can ask the server for things. */
export type Client = {
  userId: string;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
};
export type Answer<T> = { status: number; body: T };

/** A whole server in this process on its own database and folder, with a clock that tests move. */
export async function testServer(
  options: {
    store?: Store;
    env?: Record<string, string>;
    /** What serves the pages; else there are none. */
    files?: MiddlewareHandler;
    /** With the starter playbooks, which most tests do not need. */
    playbooks?: true;
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-test-"));
  const store = options.store ?? openSqlite(":memory:");
  const config = readConfig({
    TIME_ZONE: "Europe/Madrid",
    OLLAMA_URL: "http://127.0.0.1:9",
    RECORDINGS_URL: `file:${join(folder, "recordings")}`,
    DATA_FOLDER: join(folder, "data"),
    ...options.env,
  });
  let now = new Date();
  const errors: unknown[] = [];
  const warmed = Promise.withResolvers<void>();
  const log: Log = {
    info: (message) => {
      if (/^model (not )?warm$/.test(message)) warmed.resolve();
    },
    error: (_message, _facts, cause) => void errors.push(cause),
  };
  const deps = {
    config,
    store,
    log,
    recordings: folderStore(config.RECORDINGS_URL.replace(/^file:/, "")),
    bus: memoryBus(),
    clock: () => new Date(now),
    newId: () => uuidv7(),
  };
  const built = createApp(deps, {
    version: "0.0.0",
    runtime: "test",
    files: options.files ?? ((_c, next) => next()),
    openPipe: webPipe,
    addressOf: (c) => c.req.header("x-test-address") ?? "192.0.2.1",
    openBody: webBody,
    putHeaders: webHeaders,
  });
  if (options.playbooks) {
    await built.start();
    // else what a test asks and the prompts that warm the model up would come in any order
    await warmed.promise;
  }
  const queries = authQueries(store, deps.newId);

  const call = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Response> => {
    const raw = body instanceof Uint8Array || typeof body === "string";
    const init: RequestInit = {
      method,
      headers: { ...(body !== undefined && !raw && { "content-type": "application/json" }), ...headers },
    };
    if (body !== undefined) init.body = raw ? (body as string) : JSON.stringify(body);
    return built.app.fetch(new Request(ORIGIN + path, init));
  };

  const anonymous: Client = {
    userId: "",
    request: (method, path, body, headers = {}) => call(method, path, body, headers),
  };

  /** Adds a person straight to the database, without the cost of a real password hash. */
  async function person(
    role: Role,
    place: { name?: string; team?: string; site?: string } = {},
  ): Promise<string> {
    const id = uuidv7();
    const { name = `Persona ${id.slice(-4)}`, team = "Ventas Norte", site = "Madrid" } = place;
    const row = {
      id,
      name,
      email: `${id}@example.com`,
      passwordHash: PASSWORD_HASH,
      role,
      language: "es" as const,
    };
    await queries.addPerson({ ...row, team, site }, now, config.TIME_ZONE);
    return id;
  }

  async function tokenOf(userId: string, kind: "browser" | "device" | "panel"): Promise<string> {
    const token = newToken();
    const createdAt = new Date(now);
    // a PC stays paired, whenever it is used first
    const expiresAt = new Date(now.getTime() + (kind === "device" ? 400 : 1) * 86_400_000);
    await queries.addSession({
      tokenHash: hashToken(token),
      kind,
      userId,
      device: null,
      createdAt,
      expiresAt,
    });
    return token;
  }

  async function session(userId: string, kind: "browser" | "device" | "panel"): Promise<Client> {
    const token = await tokenOf(userId, kind);
    const own: Record<string, string> =
      kind === "device"
        ? { authorization: `Bearer ${token}` }
        : { cookie: `callmanager=${token}`, origin: ORIGIN };
    return {
      userId,
      request: (method, path, body, headers = {}) => call(method, path, body, { ...own, ...headers }),
    };
  }

  return {
    ...built,
    deps,
    /** Where its recordings lie. */
    folder: join(folder, "recordings"),
    /** Where its exports, backups and reports lie. */
    data: join(folder, "data"),
    /** What the server logged as its own failures; a test that provokes none expects none. */
    errors,
    queries,
    anonymous,
    person,
    session,
    /** What a browser's cookie says of somebody who has signed in there. */
    cookieOf: (userId: string) => tokenOf(userId, "browser"),
    /** A person and their browser. */
    browser: async (role: Role, place?: Parameters<typeof person>[1]) =>
      session(await person(role, place), "browser"),
    /** An agent and their paired PC. */
    device: async (place?: Parameters<typeof person>[1]) => session(await person("agent", place), "device"),
    now: () => new Date(now),
    setNow: (instant: string | Date) => void (now = new Date(instant)),
    async close() {
      await built.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type TestServer = Awaited<ReturnType<typeof testServer>>;

/** Status and JSON body of an answer. */
export async function answer<T = Problem>(response: Promise<Response>): Promise<Answer<T>> {
  const { status, text } = await response.then((r) => ({ status: r.status, text: r.text() }));
  const body = await text;
  return { status, body: (body === "" ? null : JSON.parse(body)) as T };
}

/** The body of a call that begins now. */
export const callStart = (at: Date, more: Partial<CallStart> = {}): CallStart => ({
  id: uuidv7(),
  startedAt: at.toISOString(),
  direction: "outbound",
  contact: { name: "Juan García", phone: "+34 600 111 222" },
  source: "softphone",
  ...more,
});

/** The body that ends it after `seconds` of talk. */
export const callEnd = (start: CallStart, seconds = 60, more: Partial<CallEnd> = {}): CallEnd => ({
  id: start.id,
  endedAt: new Date(Date.parse(start.startedAt) + seconds * 1000).toISOString(),
  answeredAt: start.startedAt,
  talkSeconds: seconds,
  outcome: "answered",
  ...more,
});

/** A whole call of one PC: started, ended, and given a disposition. */
export async function wholeCall(
  device: Client,
  at: Date,
  more: { start?: Partial<CallStart>; seconds?: number; change?: object } = {},
): Promise<Call> {
  const start = callStart(at, more.start);
  await device.request("POST", "/api/calls/start", start);
  const ended = await answer<Call>(device.request("POST", "/api/calls/end", callEnd(start, more.seconds)));
  if (more.change === undefined) return ended.body;
  return (await answer<Call>(device.request("PATCH", `/api/calls/${start.id}`, more.change))).body;
}
