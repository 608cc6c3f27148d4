import { Hono } from "hono";
import { z } from "zod";
import { id, lineChange, lineNumber, transcriptInput } from "#contract";
import { deviceOnly } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Transcripts } from "./transcripts.ts";

const ofCall = validate("param", z.object({ callId: id }));
const ofLine = validate("param", z.object({ callId: id, n: lineNumber }));

/** Transcripts, below /api/transcripts. */
export const transcriptRoutes = (transcripts: Transcripts) =>
  new Hono<Env>()
    .get("/word-errors", async (c) => c.json(await transcripts.wordErrors(c.var.actor), 200))
    .post("/:callId", deviceOnly, ofCall, validate("json", transcriptInput), async (c) => {
      const { callId } = c.req.valid("param");
      return c.json(await transcripts.keep(c.var.actor, callId, c.req.valid("json")), 200);
    })
    .get("/:callId", ofCall, async (c) =>
      c.json(await transcripts.get(c.var.actor, c.req.valid("param").callId), 200),
    )
    .patch("/:callId/lines/:n", ofLine, validate("json", lineChange), async (c) => {
      const { callId, n } = c.req.valid("param");
      return c.json(await transcripts.correct(c.var.actor, callId, n, c.req.valid("json").text), 200);
    });

export type TranscriptRoutes = ReturnType<typeof transcriptRoutes>;
