import type { OutcomeTexts } from "./outcome.es.ts";

/** The texts of how a call went, in English. */
export const en: OutcomeTexts = {
  choices: "Outcome of the call",
  amount: "Amount of the sale (optional)",
  notes: "Notes (optional)",
  saveSale: "Save sale",
  save: "Save",
  saved: (outcome) => `Saved: ${outcome}`,
  callback: "When do you call again?",
  when: "Call again",
  tomorrow: (time) => `tomorrow ${time}`,
  inHours: (hours) => `in ${hours} hours`,
  date: "another date…",
  day: "Day",
  time: "Time",
  without: "no date",
};
