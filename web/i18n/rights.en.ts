import type { RightsTexts } from "./rights.es.ts";

/** What a person on the other side may ask for, in English. */
export const en: RightsTexts = {
  title: "Their rights",
  doNotRecord: "Do not record their calls",
  doNotRecordHint: "From the next call on. The call is answered and counts like any other.",
  gather: "Gather their file",
  gatherText: "Everything that is kept of this person as a ZIP: sound, transcripts, notes and calls.",
  gathering: "Gathering…",
  take: "Download the file",
  stop: "Cancel",
  failed: "The file could not be gathered. Try again.",
  erase: "Erase this person",
  sure: "This goes for good, in every team:",
  calls: (n) => (n === "1" ? "Name and phone of 1 call" : `Name and phone of ${n} calls`),
  recordings: (n, length) => (n === "1" ? `1 recording (${length})` : `${n} recordings (${length})`),
  words: (lines, marks, clips) => `Lines of transcripts: ${lines} · marks: ${marks} · examples: ${clips}`,
  exports: "All exported files that are still kept, whoever made them: they must be asked for again",
  held: (n) =>
    n === "1"
      ? "1 recording is on hold: until it is released nothing can be erased."
      : `${n} recordings are on hold: until they are released nothing can be erased.`,
  typeWord: (word) => `Type ${word} to confirm`,
  wrongWord: (word) => `Type ${word}, exactly.`,
  eraseWord: "ERASE",
  cancel: "Do not erase",
  eraseNow: "Erase for good",
  erasing: "Erasing…",
  erased: "Erased everywhere.",
  erasedText:
    "The calls still count, without them. Older backups keep them until their end date, and each agent's PC until its local copies expire.",
  backup: (name, day) => `${name}: until ${day}`,
  eraseFailed: "It could not be finished. What is left goes when you try again.",
  close: "Close",
};
