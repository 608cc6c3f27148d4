import { Hono } from "hono";
import { z } from "zod";
import { id, teamChange } from "#contract";
import { allow } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Teams } from "./teams.ts";

/** Teams, below /api/teams: supervisors have their own, admins all. */
export const teamRoutes = (teams: Teams) =>
  new Hono<Env>()
    .use(allow("admin", "supervisor", "executive"))
    .get("/", async (c) => c.json({ items: await teams.list(c.var.actor), next: null }, 200))
    .patch(
      "/:id",
      allow("admin", "supervisor"),
      validate("param", z.object({ id })),
      validate("json", teamChange),
      async (c) => {
        const change = c.req.valid("json");
        return c.json(await teams.change(c.var.actor, c.req.valid("param").id, change), 200);
      },
    );

export type TeamRoutes = ReturnType<typeof teamRoutes>;
