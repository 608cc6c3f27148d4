import type { FigureTexts } from "./figures.es.ts";

/** The texts of a number that is opened, in English. */
export const en: FigureTexts = {
  sheet: (name) => `What it is made of: ${name}`,
  yours: "What you see",
  span: (from, to) => `${from} – ${to}`,
  until: (time) => `until ${time}`,
  ai: { with: "with AI", without: "without AI", held_out: "without AI by chance" },
  few: "Fewer than 20 calls: too few to draw conclusions.",
  against: "Sales out of…",
  denominators: { contacts: "Contacts", answered: "Answered", calls: "Calls" },
  median: "Median",
  p90: "9 in 10 take less (p90)",
  formula: "How it is worked out",
  source: "Source",
  behind: "The calls behind it",
  parts: "Which calls",
  none: "There is no call.",
  more: "Show more",
  unrecorded: "not recorded",
};
