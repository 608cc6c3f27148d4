import { Hono } from "hono";
import { dispositionsInput, dispositionsQuery } from "#contract";
import { allow } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Dispositions } from "./dispositions.ts";

/** How calls can end, below /api/dispositions. Everyone reads it, admins change it. */
export const dispositionRoutes = (dispositions: Dispositions) =>
  new Hono<Env>()
    .get("/", validate("query", dispositionsQuery), async (c) =>
      c.json(await dispositions.list(c.req.valid("query").campaign ?? null), 200),
    )
    .put("/", allow("admin"), validate("json", dispositionsInput), async (c) => {
      const { campaign, items } = c.req.valid("json");
      return c.json(await dispositions.replace(c.var.actor, campaign, items), 200);
    })
    .get("/campaigns", async (c) => c.json(await dispositions.campaigns(), 200));

export type DispositionRoutes = ReturnType<typeof dispositionRoutes>;
