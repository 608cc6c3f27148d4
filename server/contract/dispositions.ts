import { z } from "zod";
import { line } from "./common.ts";

/** Built-in dispositions (tipificaciones), for every campaign that has none of its own, in the order of their keys. */
export const builtInDispositions = ["sale", "follow_up", "not_interested", "no_answer", "other"] as const;
export type BuiltInDisposition = (typeof builtInDispositions)[number];

export const dispositionCode = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9_]*$/, "lower-case letters, digits and _");
/** Whether a call sold, was a conversation with the customer that did not, or reached nobody who could decide. */
export const dispositionKind = z.enum(["sale", "contact", "no_contact"]);
export type DispositionKind = z.infer<typeof dispositionKind>;
/** What is asked for when it is chosen. */
export const asksFor = z.enum(["amount", "callback"]);
export type AsksFor = z.infer<typeof asksFor>;

/** One outcome of a call. Its place in the list is its key, 1 to 9. */
export const disposition = z.object({
  code: dispositionCode,
  /** Null for a built-in one, which every language has a name for. */
  name: line(40).nullable(),
  kind: dispositionKind,
  asksFor: asksFor.nullable(),
});
export type Disposition = z.infer<typeof disposition>;

export const dispositionsQuery = z.object({ campaign: line(80).optional() });
/** `own` is false where the campaign has none of its own and uses those of all. */
export const dispositionList = z.object({
  campaign: z.string().nullable(),
  own: z.boolean(),
  items: z.array(disposition),
});
export type DispositionList = z.infer<typeof dispositionList>;
/** A name is missing where the code is not built in; an amount is asked for where nothing is sold. */
const sound = disposition
  .refine(({ code, name }) => name !== null || builtInDispositions.some((known) => known === code), {
    path: ["name"],
    message: "an outcome of your own needs a name",
  })
  .refine(({ kind, asksFor }) => asksFor !== "amount" || kind === "sale", {
    path: ["asksFor"],
    message: "only a sale has an amount",
  });
/** Replaces a campaign's list; without `campaign` that of all others. An empty list goes back to what is above it. */
export const dispositionsInput = z.object({
  campaign: line(80).nullable(),
  items: z
    .array(sound)
    .max(15)
    .refine((items) => new Set(items.map(({ code }) => code)).size === items.length, "each code once"),
});
export type DispositionsInput = z.input<typeof dispositionsInput>;

/** Campaigns that calls had or that have dispositions of their own, by name. */
export const campaigns = z.object({ items: z.array(z.string()) });
