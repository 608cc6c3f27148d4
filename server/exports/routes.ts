import { Hono } from "hono";
import { callFilter, exportInput } from "#contract";
import type { Env } from "../http/context.ts";
import { languageOf } from "../http/language.ts";
import { validate } from "../http/validate.ts";
import { fileHeaders } from "../jobs/files.ts";
import type { Exports } from "./exports.ts";

/** Exports, below /api/exports: everybody exports what they see. */
export const exportRoutes = (exports: Exports) =>
  new Hono<Env>()
    .post("/", validate("json", exportInput), async (c) =>
      c.json(await exports.ask(c.var.actor, c.req.valid("json"), languageOf(c)), 201),
    )
    .get("/calls.xlsx", validate("query", callFilter.omit({ after: true, limit: true })), async (c) => {
      const filters = c.req.valid("query");
      const { body, fileName } = await exports.calls(c.var.actor, filters, languageOf(c), c.req.raw.signal);
      return c.body(body, 200, fileHeaders(fileName));
    });

export type ExportRoutes = ReturnType<typeof exportRoutes>;
