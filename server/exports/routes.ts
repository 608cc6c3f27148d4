import { Hono } from "hono";
import { callFilter } from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { Auth } from "../auth/auth.ts";
import type { Calls } from "../calls/calls.ts";
import type { Env } from "../http/context.ts";
import { languageOf } from "../http/language.ts";
import { validate } from "../http/validate.ts";
import { callsWorkbook } from "./workbook.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Workbooks, below /api/exports. */
export const exportRoutes = (calls: Calls, auth: Auth, audit: Audit) =>
  new Hono<Env>().get(
    "/calls.xlsx",
    validate("query", callFilter.omit({ after: true, limit: true })),
    async (c) => {
      const filter = c.req.valid("query");
      const { timeZone, currency } = await auth.me(c.var.actor);
      await audit.note(c.var.actor, { action: "exported" });
      const rows = calls.all(c.var.actor, filter, timeZone);
      const name = ["llamadas", filter.from, filter.to].filter(Boolean).join("_");
      return c.body(callsWorkbook(rows, { language: languageOf(c), timeZone, currency }), 200, {
        "content-type": XLSX,
        "content-disposition": `attachment; filename="${name}.xlsx"`,
      });
    },
  );

export type ExportRoutes = ReturnType<typeof exportRoutes>;
