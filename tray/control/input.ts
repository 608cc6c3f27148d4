import { contact, direction, line, outcome, pairInput } from "#contract";
import type { Context } from "hono";
import { z } from "zod";
import { Refusal } from "./refusal.ts";

const BODY_BYTES = 16_384;
const externalId = line(200).optional();

/** What the softphone, the CRM or a script may say. */
export const startInput = z.object({
  contact: contact.default({}),
  direction: direction.default("inbound"),
  externalId,
  source: z.enum(["softphone", "crm", "script"]).default("softphone"),
});
export const endInput = z.object({ externalId, outcome: outcome.default("answered") });
export const holdInput = z.object({ held: z.boolean().default(true) });
export const pairingInput = pairInput.pick({ code: true });
export const noInput = z.object({});

/**
 * The body by its shape; an empty one counts as `{}`.
 * @throws Refusal `unsupported_media_type`, `too_large`, `malformed`, or `invalid` with the places
 */
export async function read<T extends z.ZodType>(c: Context, shape: T): Promise<z.output<T>> {
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? ""))
    throw new Refusal("unsupported_media_type");
  const result = shape.safeParse(parse(await bytes(c.req.raw)));
  if (result.success) return result.data;
  throw new Refusal(
    "invalid",
    result.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
  );
}

/** Counts while reading, because a chunked body announces no length. */
async function bytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > BODY_BYTES) throw new Refusal("too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Refusal("malformed");
  }
}
