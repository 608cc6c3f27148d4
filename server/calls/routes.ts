import { Hono } from "hono";
import { z } from "zod";
import { callChange, callEnd, callFilter, callStart, id } from "#contract";
import type { Auth } from "../auth/auth.ts";
import { deviceOnly } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Calls } from "./calls.ts";

/** Calls, below /api/calls. */
export const callRoutes = (calls: Calls, auth: Auth) =>
  new Hono<Env>()
    .post("/start", deviceOnly, validate("json", callStart), async (c) => {
      const input = c.req.valid("json");
      const { added, record } = await calls.start(c.var.actor, input);
      return c.json({ id: input.id, record }, added ? 201 : 200);
    })
    .post("/end", deviceOnly, validate("json", callEnd), async (c) =>
      c.json(await calls.end(c.var.actor, c.req.valid("json")), 200),
    )
    .get("/", validate("query", callFilter), async (c) => {
      const { timeZone } = await auth.me(c.var.actor);
      return c.json(await calls.list(c.var.actor, c.req.valid("query"), timeZone), 200);
    })
    .get("/callbacks", async (c) => c.json({ items: await calls.callbacks(c.var.actor) }, 200))
    .get("/:id/corrections", validate("param", z.object({ id })), async (c) =>
      c.json({ items: await calls.corrections(c.var.actor, c.req.valid("param").id) }, 200),
    )
    .get("/:id", validate("param", z.object({ id })), async (c) =>
      c.json(await calls.get(c.var.actor, c.req.valid("param").id), 200),
    )
    .patch("/:id", validate("param", z.object({ id })), validate("json", callChange), async (c) =>
      c.json(await calls.change(c.var.actor, c.req.valid("param").id, c.req.valid("json")), 200),
    );

export type CallRoutes = ReturnType<typeof callRoutes>;
