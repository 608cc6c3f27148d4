import type { Card, Language } from "#contract";

/** A card with what finds it. */
export type PlaybookCard = Card & {
  /** The digit that asks for it in the panel, 1 to 9. */
  key: number;
  /** A customer's words, as pressing the key asks them. */
  says: string;
  /** Other ways to say it; phrases of a few words, as spoken. */
  triggers: string[];
};

/** Approved answers for one product, in one language. */
export type Playbook = {
  language: Language;
  /** Words that name the product, as a campaign or a call's context would. */
  about: string;
  /** What is true of the product whatever the objection. */
  facts: string[];
  cards: PlaybookCard[];
};
