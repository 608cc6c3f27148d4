import { Hono } from "hono";
import { behindQuery, explainQuery, statsQuery, trendsQuery } from "#contract";
import type { Agents } from "../agents/agents.ts";
import type { Env } from "../http/context.ts";
import { languageOf } from "../http/language.ts";
import { validate } from "../http/validate.ts";
import type { Explain } from "./explain.ts";
import { describe, metricIds } from "./metrics.ts";
import type { StatsRoom } from "./stats.ts";
import type { TrendsRoom } from "./trends/trends.ts";

type Rooms = { stats: StatsRoom; trends: TrendsRoom; explain: Explain; agents: Agents };

/** Figures, below /api/stats. */
export const statsRoutes = ({ stats, trends, explain, agents }: Rooms) =>
  new Hono<Env>()
    .get("/", validate("query", statsQuery), async (c) => {
      const { scope: wanted, from, to } = c.req.valid("query");
      const { scope, name } = await agents.named(c.var.actor, wanted);
      const timeZone = await agents.timeZone(c.var.actor, scope);
      return c.json(await stats.stats(scope, name, timeZone, { from, to }), 200);
    })
    .get("/trends", validate("query", trendsQuery), async (c) => {
      const { scope: wanted, days, campaign } = c.req.valid("query");
      const { scope, name } = await agents.named(c.var.actor, wanted);
      const timeZone = await agents.timeZone(c.var.actor, scope);
      return c.json(await trends.trends(scope, name, timeZone, { days, campaign }), 200);
    })
    .get("/metrics", (c) => c.json({ items: metricIds.map((id) => describe(id, languageOf(c))) }, 200))
    .get("/explain", validate("query", explainQuery), async (c) =>
      c.json(await explain.number(c.var.actor, c.req.valid("query"), languageOf(c)), 200),
    )
    .get("/behind", validate("query", behindQuery), async (c) =>
      c.json(await explain.calls(c.var.actor, c.req.valid("query")), 200),
    );

export type StatsRoutes = ReturnType<typeof statsRoutes>;
