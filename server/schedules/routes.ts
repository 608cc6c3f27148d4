import { Hono } from "hono";
import { z } from "zod";
import { id, scheduleChange, scheduleInput } from "#contract";
import { allow } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { languageOf } from "../http/language.ts";
import { validate } from "../http/validate.ts";
import type { Schedules } from "./schedules.ts";

const ofSchedule = validate("param", z.object({ id }));

/** Reports that make themselves, below /api/schedules: each person's own. */
export const scheduleRoutes = (schedules: Schedules) =>
  new Hono<Env>()
    .use(allow("supervisor", "executive", "admin"))
    .get("/", async (c) => c.json(await schedules.list(c.var.actor), 200))
    .post("/", validate("json", scheduleInput), async (c) =>
      c.json(await schedules.add(c.var.actor, c.req.valid("json"), languageOf(c)), 201),
    )
    .patch("/:id", ofSchedule, validate("json", scheduleChange), async (c) =>
      c.json(await schedules.change(c.var.actor, c.req.valid("param").id, c.req.valid("json")), 200),
    )
    .delete("/:id", ofSchedule, async (c) => {
      await schedules.remove(c.var.actor, c.req.valid("param").id);
      return c.body(null, 204);
    });

export type ScheduleRoutes = ReturnType<typeof scheduleRoutes>;
