import { z } from "zod";
import { id, instant, line, lines } from "./common.ts";

/** Whether the customer agreed to be recorded. `informed`: was told, and went on talking. */
export const consentState = z.enum(["unknown", "informed", "given", "refused"]);
export type ConsentState = z.infer<typeof consentState>;

/** What a call knows of the customer's consent: by which wording it was asked for, and where in the audio. */
export const consent = z.object({
  state: consentState,
  /** The version of the wording; null where nobody asked. */
  wording: z.int().nullable(),
  /** Milliseconds from the start of the recording; null where that is not known. */
  atMs: z.int().nullable(),
});
export type Consent = z.infer<typeof consent>;

export const consentInput = z.object({
  state: consentState,
  atMs: z.int().min(0).max(86_400_000).optional(),
});
export type ConsentInput = z.input<typeof consentInput>;

/** What agents say before they record. Each change is a new version; calls name the one that they were asked by. */
export const consentWording = z.object({
  version: z.int(),
  es: z.string(),
  en: z.string(),
  at: instant.nullable(),
});
export type ConsentWording = z.infer<typeof consentWording>;
const wordingText = lines(600).min(20);
export const consentWordingInput = z.object({ es: wordingText, en: wordingText });

/** Campaigns whose calls are never recorded. */
export const privacySettings = z.object({ campaignsNotRecorded: z.array(line(80)).max(200) });
export type PrivacySettings = z.infer<typeof privacySettings>;

/** One person on the other side, everywhere: by a contact, or by a phone however it is written. */
export const person = z
  .object({ contactId: id, phone: z.string().trim().min(3).max(40) })
  .partial()
  .refine(({ contactId, phone }) => (contactId === undefined) !== (phone === undefined), {
    message: "either contactId or phone",
  });
export type Person = z.infer<typeof person>;

/** What there is of a person, and what an erasure would meet. */
export const personFound = z.object({
  contacts: z.int(),
  calls: z.int(),
  recordings: z.int(),
  seconds: z.int(),
  transcriptLines: z.int(),
  marks: z.int(),
  clips: z.int(),
  /** Recordings that somebody holds: until they are released, nothing of the person is erased. */
  held: z.array(z.object({ callId: id, startedAt: instant, why: z.string().nullable() })),
});
export type PersonFound = z.infer<typeof personFound>;
