import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import type { AskEvent, Call, CopilotStatus, LiveEvent, Problem, Role, Snapshot, User } from "#contract";
import { pageSecurity } from "../../../server/http/security.ts";
import { toneWav } from "../../support/wav.ts";
import * as scene from "./scene.ts";

/** The pages as `npm test` has just built them. */
export const DIST = join(import.meta.dirname, "../../../web/dist");

const LABELS = [
  "Es caro",
  "Lo pienso",
  "Ya tengo",
  "Ahora no",
  "Permanencia",
  "Por escrito",
  "Consultarlo",
  "Garantía",
  "Baja",
];
const status: CopilotStatus = {
  available: true,
  model: "llama3",
  models: ["llama3"],
  objections: LABELS.map((label, i) => ({
    key: i + 1,
    label,
    text: label === "Es caro" ? "Es muy caro" : label,
  })),
  language: "es",
};
const card: AskEvent = {
  event: "card",
  data: {
    id: "price",
    title: "Precio · «Es caro»",
    kind: "objection",
    answer:
      "Le entiendo: nadie quiere pagar de más. Son 29,90 € al mes, todo incluido y sin permanencia. ¿Lo probamos este mes?",
    facts: ["29,90 €"],
    version: 4,
    approvedOn: "2026-11-12",
  },
};
const words =
  "Es normal que 29,90 € suene a gasto nuevo. Aquí línea y fibra van en un solo recibo. Podría ahorrar un 15 %.";
const tokens: AskEvent[] = (words.match(/\S+\s*/g) ?? []).map((text) => ({ event: "token", data: { text } }));
const done: AskEvent = {
  event: "done",
  data: { model: "llama3", firstTokenMs: 412, totalMs: 1904, unverified: ["15 %"] },
};
const failed: AskEvent = {
  event: "error",
  data: {
    code: "ai_unavailable",
    hint: "Usa la respuesta aprobada; si sigue así en 5 min, avisa a tu supervisora.",
  },
};

const problem = (status: number, code: string, detail: string, hint: string): Problem => ({
  type: "about:blank",
  title: detail,
  status,
  detail,
  code,
  hint,
});

export type Options = {
  role?: Role | null;
  snapshot?: Snapshot;
  ai?: "done" | "half" | "down";
  users?: User[];
};

/** The wire with made-up answers and the real pages, under the headers of the real server. */
export async function fakeServer(options: Options = {}) {
  const { snapshot = scene.snapshot, ai = "done" } = options;
  let role = options.role === undefined ? ("supervisor" as Role) : options.role;
  const calls = new Map(snapshot.calls.map((call) => [call.id, call]));
  const users = [...(options.users ?? [])];
  const boards = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const asked: { method: string; path: string; language: string; body: unknown }[] = [];
  const bytes = ({ event, data }: { event: string; data: unknown }): Uint8Array =>
    new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const stream = (start: (controller: ReadableStreamDefaultController<Uint8Array>) => void): Response =>
    new Response(new ReadableStream<Uint8Array>({ start }), {
      headers: { "content-type": "text/event-stream", "cache-control": "no-cache" },
    });

  const app = new Hono()
    .use(pageSecurity())
    .use("/api/*", async (c, next) => {
      const body: unknown = c.req.header("content-type")?.includes("json") ? await c.req.json() : undefined;
      const path = new URL(c.req.url).pathname + new URL(c.req.url).search;
      asked.push({ method: c.req.method, path, language: c.req.header("accept-language") ?? "", body });
      const open = /^\/api\/(login|setup)$/.test(c.req.path);
      if (role !== null || open) return next();
      return c.json(problem(401, "unauthenticated", "No has entrado.", "Entra con tu correo."), 401);
    })
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
    .post("/api/logout", (c) => c.body(null, 204))
    .get("/api/me", (c) => c.json(scene.me(role ?? "agent"), 200))
    .get("/api/users", (c) => c.json({ items: users, next: null }, 200))
    .post("/api/users", async (c) => {
      const { password: _, ...input } = await c.req.json<User & { password: string }>();
      const user: User = { ...input, id: scene.idOf(300 + users.length), active: true };
      users.push(user);
      return c.json(user, 201);
    })
    .post("/api/pairing-codes", (c) =>
      c.json({ code: "K7M4-29QX", expiresAt: new Date(scene.NOW.getTime() + 582_000).toISOString() }, 201),
    )
    .get("/api/calls", (c) => {
      const { disposition, agent } = c.req.query();
      const own = snapshot.calls.filter(
        (call) => (!disposition || call.disposition === disposition) && (!agent || call.agentId === agent),
      );
      return c.json({ items: own.filter(({ endedAt }) => endedAt !== null), next: null }, 200);
    })
    .patch("/api/calls/:id", async (c) => {
      const call = calls.get(c.req.param("id"));
      const changed = { ...call, ...(await c.req.json<Partial<Call>>()) } as Call;
      send({ event: "call", data: changed });
      return c.json(changed, 200);
    })
    .get("/api/recordings", (c) => {
      const { q = "", disposition, ai: withAi } = c.req.query();
      const found = scene.recordings.filter(
        (one) =>
          (one.contact.name ?? one.contact.phone ?? "").toLowerCase().includes(q.toLowerCase()) &&
          (!disposition || one.disposition === disposition) &&
          (!withAi || one.aiAsks > 0),
      );
      return c.json({ items: snapshot.agents.length === 0 ? [] : found, next: null }, 200);
    })
    .get("/api/recordings/:id/peaks", (c) =>
      c.json({ durationSeconds: 336, peaks: scene.voices(400, 3) }, 200),
    )
    .get("/api/recordings/:id/audio", (c) =>
      c.body(toneWav(20, 8000).bytes, 200, { "content-type": "audio/wav" }),
    )
    .get("/api/exports/calls.xlsx", (c) =>
      c.body(new Uint8Array(40_000), 200, {
        "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "content-disposition": 'attachment; filename="llamadas_2026-11-23.xlsx"',
      }),
    )
    .get("/api/copilot/status", (c) => c.json({ ...status, available: ai !== "down" }, 200))
    .post("/api/copilot/ask", () =>
      stream((controller) => {
        const events = {
          done: [card, ...tokens, done],
          half: [card, ...tokens.slice(0, 14)],
          down: [card, failed],
        }[ai];
        for (const event of events) controller.enqueue(bytes(event));
        if (ai !== "half") controller.close();
      }),
    )
    .get("/api/live", () =>
      stream((controller) => {
        boards.add(controller);
        controller.enqueue(bytes({ event: "snapshot", data: snapshot }));
      }),
    )
    .get("/", (c) => c.redirect("/mobile"))
    .use(serveStatic({ root: DIST, precompressed: true }));

  function send(...events: LiveEvent[]): void {
    for (const { event, data } of events) if (event === "call") calls.set(data.id, data);
    for (const board of boards) for (const event of events) board.enqueue(bytes(event));
  }
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    /** What the pages have asked the API for. */
    asked,
    /** Frames to every open board. */
    send,
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
