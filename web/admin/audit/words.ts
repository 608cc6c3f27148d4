import type { AuditAction, AuditEntry } from "#contract";
import { audit } from "../../i18n/audit.ts";
import { dayAndMonth, dayAt, timeOfDay } from "../../ui/format.ts";

/** Deeds of a kind together, as they are offered for choice. */
export const GROUPS: [keyof typeof audit.groups, AuditAction[]][] = [
  [
    "recordings",
    [
      "recording_listened",
      "recording_downloaded",
      "recording_marked",
      "clip_made",
      "clip_removed",
      "transcript_read",
      "transcript_corrected",
      "recording_stored",
      "recording_transcoded",
      "recording_held",
      "recording_released",
      "recording_trashed",
      "recording_restored",
      "recording_erased",
      "consent_set",
    ],
  ],
  [
    "exports",
    [
      "exported",
      "export_downloaded",
      "contacts_exported",
      "person_exported",
      "person_erased",
      "backup_made",
      "restored",
    ],
  ],
  [
    "access",
    [
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
      "set_up",
    ],
  ],
  ["people", ["contact_changed", "contacts_imported", "do_not_record_set", "person_added", "person_changed"]],
  ["changes", ["call_corrected", "state_corrected", "team_changed", "setting_changed", "playbook_changed"]],
];

/** Who it was; whoever was erased since has no name any more. */
export const nameOf = ({ by }: AuditEntry): string =>
  by.name ?? (by.id !== null ? audit.erased : by.kind === "system" ? audit.program : audit.somebody);

/** Wordings are told apart by their version: `consent-wording-3`. */
function settingOf(id: string): string {
  const [, version] = /^consent-wording-(\d+)$/.exec(id) ?? [];
  return version ? audit.wording(version) : (audit.settings[id] ?? id);
}

/** What it was about, as it is called now; empty where it has no name. */
export function subjectOf({ subject }: Pick<AuditEntry, "subject">): string {
  if (subject === null) return "";
  if (subject.kind === "setting") return settingOf(subject.id);
  if (subject.kind === "playbook") return subject.id;
  const person = subject.kind === "user" || subject.kind === "contact";
  return subject.name ?? (person ? audit.erased : "");
}

/** The same, or what kind of thing it is: `Óscar Medina`, `esta copia de seguridad`. */
export const calledOf = (subject: NonNullable<AuditEntry["subject"]>): string =>
  subjectOf({ subject }) || audit.kinds[subject.kind];

/** `25 nov a las 16:42` */
export const momentOf = (at: string, timeZone: string): string =>
  audit.when(dayAndMonth(dayAt(new Date(at), timeZone)), timeOfDay(at, timeZone));
