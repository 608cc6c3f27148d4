import { Hono } from "hono";
import { z } from "zod";
import { consentInput, consentWordingInput, id, privacySettings } from "#contract";
import { allow } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { ConsentRoom } from "./consent.ts";
import type { NotRecorded } from "./not-recorded.ts";

/** Consent and what is never recorded, below /api/consent. */
export const consentRoutes = (consent: ConsentRoom, notRecorded: NotRecorded) =>
  new Hono<Env>()
    .get("/wording", async (c) => c.json(await consent.wording(), 200))
    .put("/wording", allow("admin"), validate("json", consentWordingInput), async (c) =>
      c.json(await consent.rewrite(c.var.actor, c.req.valid("json")), 200),
    )
    .put(
      "/calls/:callId",
      validate("param", z.object({ callId: id })),
      validate("json", consentInput),
      async (c) =>
        c.json(await consent.set(c.var.actor, c.req.valid("param").callId, c.req.valid("json")), 200),
    )
    .get("/settings", allow("admin"), async (c) => c.json(await notRecorded.settings(), 200))
    .put("/settings", allow("admin"), validate("json", privacySettings), async (c) =>
      c.json(await notRecorded.replace(c.var.actor, c.req.valid("json")), 200),
    );

export type ConsentRoutes = ReturnType<typeof consentRoutes>;
