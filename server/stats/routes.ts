import { Hono } from "hono";
import { statsQuery } from "#contract";
import type { Agents } from "../agents/agents.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { StatsRoom } from "./stats.ts";

/** Figures, below /api/stats. */
export const statsRoutes = (stats: StatsRoom, agents: Agents) =>
  new Hono<Env>().get("/", validate("query", statsQuery), async (c) => {
    const { scope: wanted, from, to } = c.req.valid("query");
    const { scope, name } = await agents.named(c.var.actor, wanted);
    const timeZone = await agents.timeZone(c.var.actor, scope);
    return c.json((await stats.board(scope, name, timeZone, { from, to })).stats, 200);
  });

export type StatsRoutes = ReturnType<typeof statsRoutes>;
