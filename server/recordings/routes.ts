import { Hono } from "hono";
import { z } from "zod";
import { completion, id, partNumber } from "#contract";
import type { Auth } from "../auth/auth.ts";
import { deviceOnly } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import { audioHeaders } from "./headers.ts";
import type { Recordings } from "./recordings.ts";

const ofCall = validate("param", z.object({ callId: id }));

/** Recordings, below /api/recordings. */
export const recordingRoutes = (recordings: Recordings, auth: Auth) =>
  new Hono<Env>()
    .put(
      "/:callId/parts/:n",
      deviceOnly,
      validate("param", z.object({ callId: id, n: partNumber })),
      async (c) => {
        const { callId, n } = c.req.valid("param");
        const digest = sha256Of(c.req.header("content-digest"));
        return c.json(await recordings.putPart(c.var.actor, callId, n, c.req.raw.body, digest), 200);
      },
    )
    .get("/:callId/parts", deviceOnly, ofCall, async (c) =>
      c.json(await recordings.parts(c.var.actor, c.req.valid("param").callId), 200),
    )
    .post("/:callId", deviceOnly, ofCall, validate("json", completion), async (c) => {
      const { timeZone } = await auth.me(c.var.actor);
      const { callId } = c.req.valid("param");
      return c.json(await recordings.complete(c.var.actor, callId, c.req.valid("json"), timeZone), 200);
    })
    .get("/:callId/peaks", ofCall, async (c) =>
      c.json(await recordings.peaks(c.var.actor, c.req.valid("param").callId), 200),
    )
    .get("/:callId/metadata", ofCall, async (c) =>
      c.json(await recordings.metadata(c.var.actor, c.req.valid("param").callId), 200),
    )
    .get(
      "/:callId/audio",
      ofCall,
      validate("query", z.object({ download: z.stringbool().optional() })),
      async (c) => {
        const { download = false } = c.req.valid("query");
        const range = c.req.header("range");
        const audio = await recordings.audio(c.var.actor, c.req.valid("param").callId, range, download);
        return c.body(audio.body, audio.span ? 206 : 200, audioHeaders(audio, download));
      },
    );

export type RecordingRoutes = ReturnType<typeof recordingRoutes>;

/** The SHA-256 of `Content-Digest` (RFC 9530), base64; null when there is none. */
const sha256Of = (header: string | undefined): string | null =>
  /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]{44}):/.exec(header ?? "")?.[1] ?? null;
