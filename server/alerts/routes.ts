import { Hono } from "hono";
import { alertLimits, mutedAlerts } from "#contract";
import { allow } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { AlertsRoom } from "./alerts.ts";

/** What boards should tell of, below /api/alerts. */
export const alertRoutes = (alerts: AlertsRoom) =>
  new Hono<Env>()
    .get("/", async (c) => c.json(await alerts.of(c.var.actor), 200))
    .put("/muted", validate("json", mutedAlerts), async (c) =>
      c.json(await alerts.mute(c.var.actor, c.req.valid("json").muted), 200),
    )
    .put("/limits", allow("admin"), validate("json", alertLimits), async (c) =>
      c.json(await alerts.setLimits(c.var.actor, c.req.valid("json")), 200),
    );

export type AlertRoutes = ReturnType<typeof alertRoutes>;
