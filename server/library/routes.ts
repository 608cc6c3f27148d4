import { Hono } from "hono";
import { z } from "zod";
import {
  clipInput,
  id,
  markChange,
  markInput,
  paging,
  recordingFilter,
  recordingStatsQuery,
  recordingsZipInput,
  savedFilterInput,
} from "#contract";
import type { Auth } from "../auth/auth.ts";
import { allow } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import { audioHeaders } from "../recordings/headers.ts";
import type { Clips } from "./clips/clips.ts";
import type { Filters } from "./filters/filters.ts";
import type { Library } from "./library.ts";
import type { MarksRoom } from "./marks/marks.ts";
import type { Zips } from "./zip.ts";

type Rooms = { library: Library; marks: MarksRoom; clips: Clips; zips: Zips; auth: Auth };

const office = allow("supervisor", "executive", "admin");
const ofCall = validate("param", z.object({ callId: id }));
const ofMark = validate("param", z.object({ callId: id, id }));
const ofId = validate("param", z.object({ id }));

/** Finding recordings and what people add to them, below /api/recordings. */
export const libraryRoutes = ({ library, marks, clips, zips, auth }: Rooms) =>
  new Hono<Env>()
    .get("/", validate("query", recordingFilter), async (c) => {
      const { timeZone } = await auth.me(c.var.actor);
      return c.json(await library.list(c.var.actor, c.req.valid("query"), timeZone), 200);
    })
    .get("/stats", validate("query", recordingStatsQuery), async (c) =>
      c.json(await library.stats(c.var.actor, c.req.valid("query")), 200),
    )
    .get("/marks/unseen", async (c) => c.json(await marks.unseen(c.var.actor), 200))
    .post("/zip", office, validate("json", recordingsZipInput), async (c) => {
      const { timeZone } = await auth.me(c.var.actor);
      return c.json(await zips.ask(c.var.actor, c.req.valid("json"), timeZone), 201);
    })
    .get("/:callId", ofCall, async (c) =>
      c.json(await library.one(c.var.actor, c.req.valid("param").callId), 200),
    )
    .get("/:callId/marks", ofCall, async (c) =>
      c.json(await marks.list(c.var.actor, c.req.valid("param").callId), 200),
    )
    .post("/:callId/marks", ofCall, validate("json", markInput), async (c) =>
      c.json(await marks.add(c.var.actor, c.req.valid("param").callId, c.req.valid("json")), 201),
    )
    .post("/:callId/marks/seen", ofCall, async (c) => {
      await marks.seen(c.var.actor, c.req.valid("param").callId);
      return c.body(null, 204);
    })
    .patch("/:callId/marks/:id", ofMark, validate("json", markChange), async (c) => {
      const { callId, id } = c.req.valid("param");
      return c.json(await marks.change(c.var.actor, callId, id, c.req.valid("json")), 200);
    })
    .delete("/:callId/marks/:id", ofMark, async (c) => {
      const { callId, id } = c.req.valid("param");
      await marks.remove(c.var.actor, callId, id);
      return c.body(null, 204);
    })
    .post("/:callId/clips", office, ofCall, validate("json", clipInput), async (c) =>
      c.json(await clips.make(c.var.actor, c.req.valid("param").callId, c.req.valid("json")), 201),
    );

/** Examples, below /api/clips. */
export const clipRoutes = (clips: Clips) =>
  new Hono<Env>()
    .get("/", validate("query", paging), async (c) =>
      c.json(await clips.list(c.var.actor, c.req.valid("query")), 200),
    )
    .get(
      "/:id/audio",
      ofId,
      validate("query", z.object({ download: z.stringbool().optional() })),
      async (c) => {
        const { download = false } = c.req.valid("query");
        const range = c.req.header("range");
        const audio = await clips.audio(c.var.actor, c.req.valid("param").id, range, download);
        return c.body(audio.body, audio.span ? 206 : 200, audioHeaders(audio, download));
      },
    )
    .delete("/:id", office, ofId, async (c) => {
      await clips.remove(c.var.actor, c.req.valid("param").id);
      return c.body(null, 204);
    });

/** One's own saved filters, below /api/filters. */
export const filterRoutes = (filters: Filters) =>
  new Hono<Env>()
    .get("/", async (c) => c.json(await filters.list(c.var.actor), 200))
    .put("/:id", ofId, validate("json", savedFilterInput), async (c) =>
      c.json(await filters.put(c.var.actor, c.req.valid("param").id, c.req.valid("json")), 200),
    )
    .delete("/:id", ofId, async (c) => {
      await filters.remove(c.var.actor, c.req.valid("param").id);
      return c.body(null, 204);
    });

export type LibraryRoutes = ReturnType<typeof libraryRoutes>;
export type ClipRoutes = ReturnType<typeof clipRoutes>;
export type FilterRoutes = ReturnType<typeof filterRoutes>;
