import { Hono } from "hono";
import { z } from "zod";
import {
  contactChange,
  contactFileQuery,
  contactFilter,
  contactImportQuery,
  contactInput,
  id,
} from "#contract";
import { allow } from "../auth/middleware.ts";
import { readBytes } from "../http/body.ts";
import type { Env } from "../http/context.ts";
import { languageOf } from "../http/language.ts";
import { validate } from "../http/validate.ts";
import type { Contacts } from "./contacts.ts";
import type { ContactFiles } from "./files.ts";

const TYPES = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
const FILE_BYTES = 10_000_000;
const office = allow("supervisor", "executive", "admin");
const ofContact = validate("param", z.object({ id }));

/** Contacts, below /api/contacts. Files of all of them are for who leads. */
export const contactRoutes = (contacts: Contacts, files: ContactFiles) =>
  new Hono<Env>()
    .get("/", validate("query", contactFilter), async (c) =>
      c.json(await contacts.list(c.var.actor, c.req.valid("query")), 200),
    )
    .post("/", validate("json", contactInput), async (c) =>
      c.json(await contacts.add(c.var.actor, c.req.valid("json")), 201),
    )
    .get("/file", office, validate("query", contactFileQuery), async (c) => {
      const { format } = c.req.valid("query");
      const language = languageOf(c);
      const name = `${language === "es" ? "contactos" : "contacts"}.${format}`;
      return c.body(await files.write(c.var.actor, format, language), 200, {
        "content-type": TYPES[format],
        "content-disposition": `attachment; filename="${name}"`,
      });
    })
    .post("/file", office, validate("query", contactImportQuery), async (c) => {
      const bytes = await readBytes(c.req.raw, FILE_BYTES, "file_too_large");
      return c.json(await files.bring(c.var.actor, bytes, c.req.valid("query"), languageOf(c)), 200);
    })
    .get("/:id", ofContact, async (c) =>
      c.json(await contacts.get(c.var.actor, c.req.valid("param").id), 200),
    )
    .patch("/:id", ofContact, validate("json", contactChange), async (c) => {
      const change = c.req.valid("json");
      return c.json(await contacts.change(c.var.actor, c.req.valid("param").id, change), 200);
    });

export type ContactRoutes = ReturnType<typeof contactRoutes>;
