import type { TalkTexts } from "./talk.es.ts";

/** The texts of who spoke how much, in English. */
export const en: TalkTexts = {
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
