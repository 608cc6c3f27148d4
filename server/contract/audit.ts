import { z } from "zod";

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
