import { z } from "zod";
import { day, instant, language, line } from "./common.ts";

/** What an objection is about. */
export const objectionKind = z.enum([
  "price",
  "competitor",
  "commitment",
  "time",
  "think",
  "consult",
  "trust",
  "quality",
  "coverage",
  "send_info",
  "not_interested",
  "cancel",
  "other",
]);
export type ObjectionKind = z.infer<typeof objectionKind>;

/** Names of playbooks and cards: readable in a YAML file, the same on every installation. */
export const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case letters, digits and single hyphens");

const fact = line(160);
/** What is true of a product. The model may name no other figure than those that stand here. */
export const factSheet = z.strictObject({
  price: fact.optional(),
  validity: fact.optional(),
  permanence: fact.optional(),
  coverage: fact.optional(),
  other: z.array(fact).max(20).optional(),
});
export type FactSheet = z.infer<typeof factSheet>;

const words = z.array(line(60)).max(40);

/** An objection and its approved answer, as people write it. */
export const cardContent = z.strictObject({
  /** The digit that asks for it in the panel, 1 to 9; null for none. */
  key: z.int().min(1).max(9).nullable().default(null),
  kind: objectionKind,
  title: line(40),
  /** A customer's words, as pressing the key asks them. */
  objection: line(200),
  /** Other ways to say it: phrases of a few words, as spoken. */
  triggers: z.array(line(120)).max(80).default([]),
  /** What the agent says aloud, without the question at its end. */
  answer: line(600),
  nextQuestion: line(200).nullable().default(null),
  facts: factSheet.default({}),
  /** Words that must not be said with this answer, besides the playbook's own. */
  forbidden: words.default([]),
  /** The last day on which it is offered; null for no end. */
  validUntil: day.nullable().default(null),
});
export type CardContent = z.infer<typeof cardContent>;

/** A card as it is kept: every change is another version, approved by whoever made it. */
export const playbookCard = cardContent.extend({
  id: slug,
  version: z.int().min(1),
  /** Null: it came with CallManager. */
  approvedBy: z.string().nullable(),
  approvedOn: day,
});
export type PlaybookCard = z.infer<typeof playbookCard>;

/** Without defaults: in a change, what is absent stays as it is. */
const productFields = z.strictObject({
  name: line(80),
  language,
  industry: line(60),
  product: line(120),
  /** Words by which a campaign or a call's context names the product. */
  about: words.min(1),
  facts: factSheet,
  forbidden: words,
});
/** What a playbook says of its product. */
export const playbookContent = productFields.extend({
  facts: factSheet.default({}),
  forbidden: words.default([]),
});
export type PlaybookContent = z.infer<typeof playbookContent>;

/** Whether it is used at all, and whether for calls that do not say their product. */
export const playbookUse = z.strictObject({ active: z.boolean(), main: z.boolean() }).partial();
export const playbookChange = productFields.partial().extend(playbookUse.shape);

export const playbookSummary = playbookContent.extend({
  id: slug,
  active: z.boolean(),
  main: z.boolean(),
  cards: z.int(),
  /** Cards whose last day has passed: they are not shown to agents any more. */
  expired: z.int(),
  updatedAt: instant,
});
export type PlaybookSummary = z.infer<typeof playbookSummary>;

export const playbook = playbookSummary.extend({ cards: z.array(playbookCard) });
export type Playbook = z.infer<typeof playbook>;

export const newPlaybook = playbookContent.extend({ id: slug });
/** `version` is the one that was edited, 0 for a new card or one that was taken out: somebody else's change is never overwritten unseen. */
export const cardInput = cardContent.extend({ version: z.int().min(0) });
export type CardInput = z.input<typeof cardInput>;

/** One change of a card, newest first in its list. */
export const cardHistory = z.object({
  cardId: slug,
  version: z.int(),
  action: z.enum(["added", "changed", "removed"]),
  by: z.string().nullable(),
  at: instant,
  content: cardContent,
});
export type CardHistory = z.infer<typeof cardHistory>;

/** What an import did, or would do with `?check=true`. */
export const importResult = z.object({
  playbook: slug,
  name: z.string(),
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  removed: z.int(),
  /** Whether the product's own name, facts or words change. */
  product: z.boolean(),
});
export type ImportResult = z.infer<typeof importResult>;

export const searchTry = z.object({
  text: z.string().trim().min(1).max(2000),
  context: z.string().trim().max(500).optional(),
});
/** What the search makes of a customer's words: `sure` is what an agent would be shown. */
export const searchTried = z.object({
  playbook: z.string().nullable(),
  found: z.array(
    z.object({ id: slug, title: z.string(), kind: objectionKind, score: z.number(), sure: z.boolean() }),
  ),
});
export type SearchTried = z.infer<typeof searchTried>;

/** `check=true` says what an import would change, and changes nothing. */
export const importFlags = z.object({ check: z.stringbool().optional() });
export const playbookFormat = z.object({ format: z.enum(["yaml", "xlsx"]) });
