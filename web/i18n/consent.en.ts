import type { ConsentTexts } from "./consent.es.ts";

/** The texts of a call's consent, in English. */
export const en: ConsentTexts = {
  label: "Consent to record",
  answers: { informed: "Informed", given: "Agrees", refused: "Refuses" },
  said: {
    unknown: "Consent not noted",
    informed: "Told that it is recorded",
    given: "Agrees to be recorded",
    refused: "Refuses: recording paused",
  },
  words: "What to say",
  forbidden: "Not recorded: as was asked",
};
