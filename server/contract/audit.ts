import { z } from "zod";
import { day, id, instant, line, page, paging, sha256 } from "./common.ts";

/** Who acts: a browser, a paired PC, its panel, another program's key, or this program by itself. */
export const actorKind = z.enum(["browser", "device", "panel", "key", "system"]);
export type ActorKind = z.infer<typeof actorKind>;

/** What is noted of who did what. */
export const auditAction = z.enum([
  "set_up",
  "signed_in",
  "sign_in_failed",
  "signed_out",
  "locked_out",
  "session_revoked",
  "device_paired",
  "device_revoked",
  "reset_code_made",
  "password_set",
  "api_key_made",
  "api_key_revoked",
  "person_added",
  "person_changed",
  "setting_changed",
  "team_changed",
  "playbook_changed",
  "call_corrected",
  "state_corrected",
  "transcript_read",
  "transcript_corrected",
  "recording_stored",
  "recording_listened",
  "recording_downloaded",
  "recording_marked",
  "recording_held",
  "recording_released",
  "recording_trashed",
  "recording_restored",
  "recording_transcoded",
  "recording_erased",
  "clip_made",
  "clip_removed",
  "contact_changed",
  "contacts_imported",
  "contacts_exported",
  "exported",
  "export_downloaded",
  "person_exported",
  "person_erased",
  "consent_set",
  "do_not_record_set",
  "backup_made",
  "restored",
]);
export type AuditAction = z.infer<typeof auditAction>;

/** What an entry is about. */
export const auditSubject = z.enum([
  "user",
  "session",
  "device",
  "api_key",
  "call",
  "recording",
  "clip",
  "contact",
  "team",
  "playbook",
  "setting",
  "job",
  "backup",
]);
export type AuditSubject = z.infer<typeof auditSubject>;

/** One entry as an admin reads it. Names are looked up when it is read: whoever was erased has none. */
export const auditEntry = z.object({
  n: z.int(),
  at: instant,
  action: auditAction,
  /** `id` is null for the program itself; `name` is null for who was erased. */
  by: z.object({ kind: actorKind, id: z.string().nullable(), name: z.string().nullable() }),
  subject: z.object({ kind: auditSubject, id: z.string(), name: z.string().nullable() }).nullable(),
  /** SHA-256 of the file that it was about. */
  digest: z.string().nullable(),
  /** Where the request came from. */
  address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditPage = page(auditEntry);

/** `who` is a person's or key's id, `subject` the id of what it was about; days are the site's, both included. */
export const auditFilter = paging.extend({
  who: id.optional(),
  what: auditAction.optional(),
  subject: line(200).optional(),
  from: day.optional(),
  to: day.optional(),
  after: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
});

/**
 * The first thing that is wrong in the chain, and at which entry. `unlinked`: it does not continue the one before, so
 * that one of the two was rewritten with a new hash; `rewritten`: it is not the entry whose hash was published;
 * `cut`: the entries from here on are gone from the end.
 */
export const auditFault = z.object({
  kind: z.enum(["altered", "missing", "extra", "unlinked", "rewritten", "cut"]),
  n: z.int(),
});
export type AuditFault = z.infer<typeof auditFault>;

/**
 * A recording that is not what the chain says of it: another file, one that nobody noted, one that was erased and is
 * here, or one that is gone without a trace.
 */
export const recordingFault = z.object({
  callId: z.string(),
  kind: z.enum(["altered", "unnoted", "erased", "vanished"]),
});
export type RecordingFault = z.infer<typeof recordingFault>;

/** What a check found. `n` and `hash` are of the newest entry that is proven. */
export const auditChecked = z.object({
  at: instant,
  n: z.int(),
  hash: sha256,
  fault: auditFault.nullable(),
  /** Recordings whose file the chain proves, and those stored before it began. */
  recordings: z.object({
    proven: z.int(),
    older: z.int(),
    wrong: z.int(),
    /** The first of those that are wrong. */
    faults: z.array(recordingFault),
  }),
});
export type AuditChecked = z.infer<typeof auditChecked>;

/** The newest entry, and the last check; null while there is none. */
export const auditState = z.object({
  head: z.object({ n: z.int(), hash: sha256, at: instant }).nullable(),
  checked: auditChecked.nullable(),
});
export type AuditState = z.infer<typeof auditState>;

/** What a running check tells: how far it is, then what it found. */
export type AuditCheckEvent =
  | { event: "progress"; data: { done: number; of: number } }
  | { event: "checked"; data: AuditChecked };

/** Who heard a recording or took it with them; `name` is null for who was erased. */
export const listener = z.object({
  name: z.string().nullable(),
  kind: z.enum(["listened", "downloaded"]),
  at: instant,
});
export type Listener = z.infer<typeof listener>;
