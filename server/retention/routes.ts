import { Hono } from "hono";
import { z } from "zod";
import { holdInput, id, paging, retentionInput } from "#contract";
import { allow } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Keeping } from "./keeping.ts";
import type { RetentionRoom } from "./retention.ts";

const ofCall = validate("param", z.object({ callId: id }));
const supervising = allow("supervisor", "executive", "admin");

/** How long recordings are kept, below /api/retention: admins only. */
export const retentionRoutes = (retention: RetentionRoom, keeping: Keeping) =>
  new Hono<Env>()
    .use(allow("admin"))
    .get("/", async (c) => c.json(await retention.get(), 200))
    .put("/", validate("json", retentionInput), async (c) =>
      c.json(await retention.set(c.var.actor, c.req.valid("json")), 200),
    )
    .post("/preview", validate("json", retentionInput), async (c) =>
      c.json(await retention.preview(c.req.valid("json")), 200),
    )
    .get("/capacity", async (c) => c.json(await retention.capacity(), 200))
    .get("/holds", validate("query", paging), async (c) =>
      c.json(await keeping.held(c.req.valid("query")), 200),
    );

/** What may become of one recording, below /api/recordings. */
export const keepingRoutes = (keeping: Keeping) =>
  new Hono<Env>()
    .post("/:callId/hold", supervising, ofCall, validate("json", holdInput), async (c) => {
      const { why } = c.req.valid("json");
      return c.json(await keeping.hold(c.var.actor, c.req.valid("param").callId, why), 200);
    })
    .delete("/:callId/hold", supervising, ofCall, async (c) => {
      await keeping.release(c.var.actor, c.req.valid("param").callId);
      return c.body(null, 204);
    })
    .delete("/:callId", allow("admin"), ofCall, async (c) => {
      await keeping.trash(c.var.actor, c.req.valid("param").callId);
      return c.body(null, 204);
    })
    .post("/:callId/restore", allow("admin"), ofCall, async (c) => {
      await keeping.restore(c.var.actor, c.req.valid("param").callId);
      return c.body(null, 204);
    });

/** What is in the trash, below /api/trash: admins only. */
export const trashRoutes = (keeping: Keeping) =>
  new Hono<Env>()
    .use(allow("admin"))
    .get("/", validate("query", paging), async (c) =>
      c.json(await keeping.inTrash(c.req.valid("query")), 200),
    );

export type RetentionRoutes = ReturnType<typeof retentionRoutes>;
export type KeepingRoutes = ReturnType<typeof keepingRoutes>;
export type TrashRoutes = ReturnType<typeof trashRoutes>;
