import { Hono } from "hono";
import { z } from "zod";
import { id, jobFilter } from "#contract";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Jobs } from "./jobs.ts";

const ofJob = validate("param", z.object({ id }));

/** Jobs, below /api/jobs: each person's own. */
export const jobRoutes = (jobs: Jobs) =>
  new Hono<Env>()
    .get("/", validate("query", jobFilter), async (c) =>
      c.json(await jobs.list(c.var.actor, c.req.valid("query").kind), 200),
    )
    .get("/:id", ofJob, async (c) => c.json(await jobs.get(c.var.actor, c.req.valid("param").id), 200))
    .delete("/:id", ofJob, async (c) => {
      await jobs.cancel(c.var.actor, c.req.valid("param").id);
      return c.body(null, 204);
    })
    .get("/:id/file", ofJob, async (c) => {
      const { body, bytes, fileName, sha256 } = await jobs.file(c.var.actor, c.req.valid("param").id);
      return c.body(body, 200, {
        "content-type": typeOf(fileName),
        "content-length": String(bytes),
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        "cache-control": "private, no-store",
        etag: `"${sha256}"`,
      });
    });

export type JobRoutes = ReturnType<typeof jobRoutes>;

const TYPES: Record<string, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
  zip: "application/zip",
};
const typeOf = (fileName: string): string =>
  TYPES[fileName.split(".").at(-1) ?? ""] ?? "application/octet-stream";
