import { z } from "zod";
import { id, instant, line, lines, paging } from "./common.ts";

const typedPhone = z
  .string()
  .trim()
  .min(3)
  .max(40)
  .regex(/^[+0-9 ()./-]*$/, "digits, spaces and + ( ) . / -");

/** A person on the other side. Phones are E.164, `+34612345678`; the first is the main one. */
export const knownContact = z.object({
  id,
  /** Empty where only the phone of somebody who called is known. */
  name: z.string(),
  phones: z.array(z.string()),
  notes: z.string(),
  team: z.string(),
  createdAt: instant,
  updatedAt: instant,
  lastCallAt: instant.nullable(),
  /** The person does not want to be recorded. */
  doNotRecord: z.boolean(),
});
export type KnownContact = z.infer<typeof knownContact>;

export const contactInput = z.object({
  id,
  name: line(120),
  phones: z.array(typedPhone).max(10).default([]),
  notes: lines(4000).default(""),
});
export type ContactInput = z.input<typeof contactInput>;
/** What is absent stays as it is; phones are replaced together. */
export const contactChange = z
  .object({
    name: line(120),
    phones: z.array(typedPhone).max(10),
    notes: lines(4000),
    doNotRecord: z.boolean(),
  })
  .partial();
export type ContactChange = z.input<typeof contactChange>;

/** `q`: words of the name, or at least three digits of a phone. */
export const contactFilter = paging.extend({ q: z.string().trim().max(120).optional() });

export const contactFileQuery = z.object({ format: z.enum(["csv", "xlsx"]) });
/** `check` reads the file and changes nothing. `team`, by name, where it is not the own one. */
export const contactImportQuery = contactFileQuery.extend({
  check: z.stringbool().default(false),
  team: line(60).optional(),
});
/** What became of a file: rows that are wrong are named and left out, the others are taken. */
export const contactImport = z.object({
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  /** How many rows were left out; `errors` tells of the first 1,000 mistakes. */
  wrong: z.int(),
  errors: z.array(z.object({ row: z.int(), column: z.string(), value: z.string(), message: z.string() })),
});
export type ContactImport = z.infer<typeof contactImport>;
