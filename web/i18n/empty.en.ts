import type { EmptyTexts } from "./empty.es.ts";

/** The texts of a company that has just begun, in English. */
export const en: EmptyTexts = {
  title: "Connect the first PC",
  text: "Each agent records on their own PC. Get a code for the first one; its first call will show up here by itself.",
  textOthers: "Ask your administrator to connect an agent's PC. Its first call will show up here by itself.",
  action: "Get a code",
  waiting: "Waiting for the first PC…",
  waitingCall: "Waiting for the first call…",
  after: "Next",
  testCall: "Make a test call",
  testCallWhy: "Check that both voices are recorded",
};
