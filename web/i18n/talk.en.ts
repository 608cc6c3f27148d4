import type { TalkTexts } from "./talk.es.ts";

/** The texts of what was said and who spoke how much, in English. */
export const en: TalkTexts = {
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
  who: "Who speaks",
  ratio: "The agent speaks",
  ratioOf: (part, whole) => `${part} of ${whole}`,
  monologue: "Longest monologue",
  interruptions: "Interruptions",
  interruptionsBy: "by the agent",
  silence: "Silence",
  silenceOf: "nobody speaks",
  bar: (agent, customer, silence) =>
    `The agent speaks ${agent}, the customer ${customer}; ${silence} of silence.`,
  means: {
    ratio: "How much of all speech is the agent's. While both speak at once, the time counts for each.",
    monologue:
      "The longest turn of either side, with pauses of up to 2 s. A “yes” or “uh-huh” of the other does not end it.",
    interruptions:
      "How often the agent begins while the customer has at least half a second still to say. A “yes” or “uh-huh” does not count.",
    silence: "The time in which nobody speaks, between the first word and the last.",
  },
  onlyTimes: "These are times only: nothing is inferred about how anybody feels.",
};
