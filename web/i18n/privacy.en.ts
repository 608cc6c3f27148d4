import type { PrivacyTexts } from "./privacy.es.ts";

/** The texts of consent and privacy, in English. */
export const en: PrivacyTexts = {
  title: "Privacy",
  wording: "What is said before recording",
  wordingText:
    "The agent sees it during the call and notes the answer. Each change is a new version; each call remembers by which one it was asked.",
  inSpanish: "In Spanish",
  inEnglish: "In English",
  version: (version, since) => `Version ${version} · ${since}`,
  starter: "the one that comes with CallManager",
  since: (day) => `since ${day}`,
  save: "Save",
  saved: "Saved",
  campaigns: "Campaigns that are not recorded",
  campaignsText: "Their calls are answered and count, but neither sound nor transcript is kept.",
  campaignNames: "Campaigns",
  onePerLine: "One a line; capitals and accents make no difference.",
  rights: "A person's rights",
  rightsOf: {
    notRecorded: "Not to be recorded: it is marked on their contact.",
    expediente: "To receive everything that is kept of them: “Gather their file”, on their contact.",
    erase: "To be erased everywhere: “Erase this person”, on their contact.",
  },
  toContacts: "Go to Contacts",
};
