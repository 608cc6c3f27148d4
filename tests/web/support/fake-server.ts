import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import type { Call, CallChange, LiveEvent, Role, Snapshot, User } from "#contract";
import { pageSecurity } from "../../../server/http/security.ts";
import { fakeAccess, type AccessOptions } from "./fake-access.ts";
import { fakeAudit, type AuditOptions } from "./fake-audit.ts";
import { fakeCopilot, type CopilotOptions } from "./fake-copilot.ts";
import { fakeLibrary, type LibraryOptions } from "./fake-library.ts";
import { fakeOffice, type OfficeOptions } from "./fake-office.ts";
import { fakeExports, type ExportOptions } from "./fake-exports.ts";
import { fakeFigures, type FigureOptions } from "./fake-figures.ts";
import { fakeKeeping, type KeepingOptions } from "./fake-keeping.ts";
import { fakePlaybooks, type PlaybookOptions } from "./fake-playbooks.ts";
import { fakePrivacy, type PrivacyOptions } from "./fake-privacy.ts";
import { fakeTranscripts, type TranscriptOptions } from "./fake-transcripts.ts";
import * as scene from "./scene.ts";
import { bytesOf, problem } from "./wire.ts";

/** The pages as `npm test` has just built them. */
export const DIST = join(import.meta.dirname, "../../../web/dist");

export type Options = {
  role?: Role | null;
  snapshot?: Snapshot;
  users?: User[];
  /** A certificate and its key: the server speaks TLS. */
  tls?: { cert: string; key: string };
  /** One that is free, unless a server comes back to where it was. */
  port?: number;
} & OfficeOptions &
  AccessOptions &
  AuditOptions &
  ExportOptions &
  LibraryOptions &
  CopilotOptions &
  FigureOptions &
  PlaybookOptions &
  KeepingOptions &
  PrivacyOptions &
  TranscriptOptions;

/** The wire with made-up answers and the real pages, under the headers of the real server. */
export async function fakeServer(options: Options = {}) {
  const { snapshot = scene.snapshot } = options;
  let role = options.role === undefined ? ("supervisor" as Role) : options.role;
  const calls = new Map([...(options.callbacks ?? []), ...snapshot.calls].map((call) => [call.id, call]));
  let release = "";
  const users = [...(options.users ?? [])];
  const boards = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const asked: { method: string; path: string; language: string; body: unknown }[] = [];
  const audit = fakeAudit(options);
  const copilot = fakeCopilot(options, () => role);
  const figures = fakeFigures(options, () => role);
  const playbooks = fakePlaybooks(options);
  const office = fakeOffice(options);
  const transcripts = fakeTranscripts(options, () => role);
  const empty = snapshot.agents.length === 0 && { recordings: [] };
  const library = fakeLibrary(
    { ...empty, ...options },
    { role: () => role, says: transcripts.says, call: figures.call },
  );

  const app = new Hono()
    .use(pageSecurity())
    .use("/api/*", async (c, next) => {
      const body: unknown = c.req.header("content-type")?.includes("json") ? await c.req.json() : undefined;
      const path = new URL(c.req.url).pathname + new URL(c.req.url).search;
      asked.push({ method: c.req.method, path, language: c.req.header("accept-language") ?? "", body });
      const open = /^\/api\/(login|reset|setup)$/.test(c.req.path);
      if (role !== null || open) return next();
      return c.json(problem(401, "unauthenticated", "No has entrado.", "Entra con tu correo."), 401);
    })
    .route("/api", office.app)
    .route("/api/recordings", library.app)
    .route("/api/clips", library.clips)
    .route("/api/filters", library.filters)
    .route("/api/jobs", library.jobs)
    .route("/api", fakeAccess(options))
    .route("/api", fakeKeeping(options))
    .route("/api", fakePrivacy(options))
    .post("/api/login", (c) =>
      c.json(
        problem(401, "wrong_credentials", "No coincide.", "Revisa las mayúsculas; te quedan 4 intentos."),
        401,
      ),
    )
    .post("/api/setup", (c) => {
      role = "admin";
      users.push({ ...scene.me("admin"), name: "Elena Vega", email: "elena@example.com" });
      return c.json(users[0], 201);
    })
    .post("/api/logout", (c) => {
      role = null;
      return c.body(null, 204);
    })
    .get("/api/me", (c) => c.json(scene.me(role ?? "agent"), 200))
    .get("/api/users", (c) => c.json({ items: users, next: null }, 200))
    .post("/api/users", async (c) => {
      const { password: _, ...input } = await c.req.json<User & { password: string }>();
      const user: User = { ...input, id: scene.idOf(300 + users.length), active: true };
      users.push(user);
      return c.json(user, 201);
    })
    .patch("/api/users/:id", async (c) => {
      const at = users.findIndex(({ id }) => id === c.req.param("id"));
      const found = users[at];
      if (!found) return c.json(problem(404, "not_found", "No existe, o no es tuyo.", ""), 404);
      const changed = { ...found, ...(await c.req.json<Partial<User>>()) };
      users[at] = changed;
      return c.json(changed, 200);
    })
    .post("/api/pairing-codes", (c) =>
      c.json({ code: "K7M4-29QX", expiresAt: new Date(scene.NOW.getTime() + 582_000).toISOString() }, 201),
    )
    .get("/api/calls", (c) => {
      const { disposition, agent, contactId, from = "" } = c.req.query();
      const own = [...calls.values()].filter(
        (call) =>
          (!disposition || call.disposition === disposition) &&
          (!agent || call.agentId === agent) &&
          call.startedAt >= from &&
          (!contactId || call.contactId === contactId),
      );
      return c.json({ items: own.filter(({ endedAt }) => endedAt !== null), next: null }, 200);
    })
    .get("/api/calls/:id", (c) => {
      const call = figures.call(c.req.param("id")) ?? calls.get(c.req.param("id"));
      return call
        ? c.json(call, 200)
        : c.json(problem(404, "not_found", "No existe, o no es tuyo.", ""), 404);
    })
    .patch("/api/calls/:id", async (c) => {
      const call = calls.get(c.req.param("id"));
      const { why, callbackDone, ...change } = await c.req.json<CallChange>();
      const changed = {
        ...call,
        ...change,
        ...office.named(change.disposition),
        ...(callbackDone !== undefined && { callbackDoneAt: callbackDone ? scene.NOW.toISOString() : null }),
        ...(why !== undefined && { corrected: true }),
      } as Call;
      send({ event: "call", data: changed });
      return c.json(changed, 200);
    })
    .route("/api", fakeExports(options))
    .route("/api/audit", audit.app)
    .route("/api/copilot", copilot.app)
    .route("/api/stats", figures.app)
    .route("/api/playbooks", playbooks.app)
    .route("/api/transcripts", transcripts.app)
    .route("/api/teams", transcripts.teams)
    .get("/api/live", () => {
      let own: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({
        start: (board) => {
          own = board;
          boards.add(board);
          board.enqueue(bytesOf({ event: "snapshot", data: snapshot }));
        },
        cancel: () => void boards.delete(own),
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    })
    .get("/", (c) => c.redirect("/mobile"))
    .get("/sw.js", async (c, next) => {
      if (release === "") return next();
      const code = await readFile(join(DIST, "sw.js"), "utf8");
      return c.body(`${code}// ${release}`, 200, { "content-type": "text/javascript" });
    })
    .use(serveStatic({ root: DIST, precompressed: true }));

  function send(...events: LiveEvent[]): void {
    for (const { event, data } of events) if (event === "call") calls.set(data.id, data);
    for (const board of boards) for (const event of events) board.enqueue(bytesOf(event));
  }
  const tls = options.tls && { createServer, serverOptions: options.tls };
  const server = serve({ fetch: app.fetch, port: options.port ?? 0, hostname: "127.0.0.1", ...tls });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const url = `${tls ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    /** What the pages have asked the API for. */
    asked,
    /** What they told of the copilot's answers. */
    told: copilot.told,
    /** Somebody else changes a playbook's card. */
    changeCard: playbooks.changeCard,
    /** The newest ZIP gets on. */
    zip: library.zip,
    /** Frames to every open board. */
    send,
    /** How many boards are connected. */
    boards: () => boards.size,
    /** A new version of the pages is there from now on. */
    release: (name: string) => void (release = name),
    /** Somebody else is signed in from now on, or nobody. */
    signIn: (next: Role | null) => void (role = next),
    /** Cuts every board off, as a server that restarts does. */
    drop: () => {
      for (const board of boards) board.close();
      boards.clear();
    },
    close: async () => {
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
    },
  };
}
export type FakeServer = Awaited<ReturnType<typeof fakeServer>>;
