import { Hono } from "hono";
import type { Health } from "#contract";
import type { Deps } from "../deps.ts";
import type { Env } from "../http/context.ts";

const answers = async (check: Promise<unknown>): Promise<"ok" | "down"> =>
  check.then(
    () => "ok" as const,
    () => "down" as const,
  );

/** GET /health: 200 while calls can be taken; Ollama may be down, the approved answers do not need it. */
export const healthRoutes = (
  { store, recordings }: Deps,
  { version, runtime }: { version: string; runtime: string },
  ollama: () => Promise<unknown>,
) =>
  new Hono<Env>().get("/", async (c) => {
    const [database, folder, model] = await Promise.all([
      answers(store.check()),
      answers(recordings.check()),
      answers(ollama()),
    ]);
    const status = database === "ok" && folder === "ok" ? "ok" : "down";
    const health: Health = {
      status,
      version,
      runtime,
      components: { database, recordings: folder, ollama: model },
    };
    return c.json(health, status === "ok" ? 200 : 503);
  });
