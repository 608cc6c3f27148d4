import type { SaidTexts } from "./said.es.ts";

/** The texts of what was said in a call, in English. */
export const en: SaidTexts = {
  title: "What was said",
  help: "Press a line to hear it.",
  helpCorrect: "Press a line to hear or correct it.",
  hits: (n, words) => (n === "1" ? `1 line with “${words}”` : `${n} lines with “${words}”`),
  none: "This call has no transcript.",
  noneWhy: "Only teams that administration allows are written down, on PCs that can do it.",
  nothing: "No words were recognised.",
  nothingWhy: "The recording does not depend on it: you can listen to all of it.",
  customer: "Customer",
  corrected: "corrected",
  confirmed: "checked",
  correct: "Correct",
  right: "It is right",
  field: "What was said in this line",
  save: "Save",
  original: (text) => `It had been written: “${text}”`,
  hidden: {
    email: "e-mail hidden",
    card: "card hidden",
    account: "account hidden",
    id: "id hidden",
    phone: "phone hidden",
    number: "number hidden",
  },
  paused: (time) => `Recording paused ${time}: card details`,
  scrubbed: (time) => `${time} without sound: a card number was taken out`,
};
