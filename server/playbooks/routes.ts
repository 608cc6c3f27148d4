import { Hono, type Context } from "hono";
import { z } from "zod";
import {
  cardInput,
  importFlags,
  newPlaybook,
  playbookChange,
  playbookFormat,
  searchTry,
  slug,
  type Playbook,
} from "#contract";
import { allow } from "../auth/middleware.ts";
import { AppError } from "../errors.ts";
import { readBytes } from "../http/body.ts";
import type { Env } from "../http/context.ts";
import { languageOf } from "../http/language.ts";
import { validate } from "../http/validate.ts";
import type { Playbooks } from "./playbooks.ts";
import { readSheet } from "./read-sheet.ts";
import { writeSheet } from "./write-sheet.ts";
import { readYaml, writeYaml } from "./yaml.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** A workbook of 500 long cards is a tenth of this. */
const FILE_BYTES = 2_000_000;
const ofPlaybook = validate("param", z.object({ id: slug }));
const ofCard = validate("param", z.object({ id: slug, cardId: slug }));

/** Playbooks, below /api/playbooks. Supervisors read them, admins change them. */
export const playbookRoutes = (playbooks: Playbooks) =>
  new Hono<Env>()
    .use(allow("admin", "supervisor"))
    .get("/", async (c) => c.json({ items: await playbooks.list(), next: null }, 200))
    .post("/", allow("admin"), validate("json", newPlaybook), async (c) =>
      c.json(await playbooks.add(c.var.actor, c.req.valid("json")), 201),
    )
    .post("/try", validate("json", searchTry), async (c) => {
      const { text, context } = c.req.valid("json");
      return c.json(await playbooks.tryOut(text, context, languageOf(c)), 200);
    })
    .post("/import", allow("admin"), validate("query", importFlags), async (c) => {
      const file = await readFile(c);
      return c.json(await playbooks.take(file, c.req.valid("query").check ?? false, c.var.actor), 200);
    })
    .get("/:id", ofPlaybook, async (c) => c.json(await playbooks.get(c.req.valid("param").id), 200))
    .patch("/:id", allow("admin"), ofPlaybook, validate("json", playbookChange), async (c) =>
      c.json(await playbooks.change(c.req.valid("param").id, c.req.valid("json"), c.var.actor), 200),
    )
    .get("/:id/history", ofPlaybook, async (c) =>
      c.json({ items: await playbooks.history(c.req.valid("param").id), next: null }, 200),
    )
    .get("/:id/export", ofPlaybook, validate("query", playbookFormat), async (c) => {
      const { format } = c.req.valid("query");
      return fileOf(c, await playbooks.get(c.req.valid("param").id), format);
    })
    .put("/:id/cards/:cardId", allow("admin"), ofCard, validate("json", cardInput), async (c) => {
      const { id, cardId } = c.req.valid("param");
      return c.json(await playbooks.putCard(id, cardId, c.req.valid("json"), c.var.actor), 200);
    })
    .delete("/:id/cards/:cardId", allow("admin"), ofCard, async (c) => {
      const { id, cardId } = c.req.valid("param");
      return c.json(await playbooks.removeCard(id, cardId, c.var.actor), 200);
    });

export type PlaybookRoutes = ReturnType<typeof playbookRoutes>;

/** The body as a playbook: a workbook, or YAML. @throws import_invalid, unsupported_media_type, too_large */
async function readFile(c: Context<Env>) {
  const type = c.req.header("content-type") ?? "";
  if (type.startsWith(XLSX)) return readSheet(await readBytes(c.req.raw, FILE_BYTES), languageOf(c));
  if (!/yaml/.test(type)) throw new AppError("unsupported_media_type");
  return readYaml(new TextDecoder().decode(await readBytes(c.req.raw, FILE_BYTES)), languageOf(c));
}

async function fileOf(c: Context<Env>, playbook: Playbook, format: "yaml" | "xlsx"): Promise<Response> {
  const headers = {
    "content-type": format === "xlsx" ? XLSX : "application/yaml; charset=utf-8",
    "content-disposition": `attachment; filename="${playbook.id}.${format}"`,
  };
  if (format === "yaml") return c.body(writeYaml(playbook), 200, headers);
  return c.body(Uint8Array.from(await writeSheet(playbook, languageOf(c))), 200, headers);
}
