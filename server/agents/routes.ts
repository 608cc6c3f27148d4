import { Hono } from "hono";
import { captureInput, stateInput } from "#contract";
import { deviceOnly } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Teams } from "../teams/teams.ts";
import type { Agents } from "./agents.ts";

/** What an agent's PC tells of them, below /api/agents. */
export const agentRoutes = (agents: Agents, teams: Teams) =>
  new Hono<Env>()
    .post("/me/state", validate("json", stateInput), async (c) => {
      await agents.declare(c.var.actor, c.req.valid("json"));
      return c.body(null, 204);
    })
    .post("/me/capture", deviceOnly, validate("json", captureInput), async (c) => {
      await agents.capture(c.var.actor, c.req.valid("json"));
      return c.body(null, 204);
    })
    .get("/me/listening", deviceOnly, async (c) => c.json(await teams.listening(c.var.actor), 200));

export type AgentRoutes = ReturnType<typeof agentRoutes>;
