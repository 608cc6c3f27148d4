import { z } from "zod";
import { id, instant, line, page } from "./common.ts";
import { dispositionCode, dispositionKind } from "./dispositions.ts";
import { audioFormat } from "./library.ts";

/** Days of the site's calendar since the call; null where a step is left out. */
const days = z.int().min(0).max(36_500).nullable();

/**
 * How long recordings of a site and an outcome are kept, and as what: from `flacAfter` days on as FLAC, from
 * `opusAfter` on as Opus, from `deleteAfter` on in the trash. Null in `siteId`, `kind` and `code` means any.
 */
export const retentionRule = z.object({
  siteId: id.nullable(),
  kind: dispositionKind.nullable(),
  code: dispositionCode.nullable(),
  flacAfter: days,
  opusAfter: days,
  deleteAfter: days,
});
export type RetentionRule = z.infer<typeof retentionRule>;

const ordered = retentionRule
  .refine(({ kind, code }) => kind === null || code === null, {
    path: ["kind"],
    message: "a kind of outcome or one outcome, not both",
  })
  .refine(
    ({ flacAfter, opusAfter, deleteAfter }) => {
      const steps = [flacAfter, opusAfter, deleteAfter].filter((step) => step !== null);
      return steps.every((step, i) => i === 0 || step > (steps[i - 1] ?? -1));
    },
    { path: ["deleteAfter"], message: "each step later than the one before" },
  );

/** Without rules every recording stays as it arrived, for ever. */
export const retentionInput = z.object({
  rules: z
    .array(ordered)
    .max(100)
    .refine(
      (rules) => new Set(rules.map((r) => [r.siteId, r.kind, r.code].join())).size === rules.length,
      "each site and outcome once",
    ),
});
export type RetentionInput = z.infer<typeof retentionInput>;

/** Which conversions this server can make: a step that it cannot make waits. */
export const audioTools = z.object({ flac: z.boolean(), opus: z.boolean() });
export type AudioTools = z.infer<typeof audioTools>;

export const retention = z.object({
  rules: z.array(retentionRule),
  tools: audioTools,
  sites: z.array(z.object({ id, name: z.string() })),
  changedAt: instant.nullable(),
});
export type Retention = z.infer<typeof retention>;

/** What rules would do tonight; `waiting` are conversions for which a program is missing. */
export const retentionPreview = z.object({
  flac: z.int(),
  opus: z.int(),
  deleted: z.int(),
  waiting: z.int(),
  held: z.int(),
  /** Bytes of what would be deleted. */
  deletedBytes: z.int(),
});
export type RetentionPreview = z.infer<typeof retentionPreview>;

/** How much room the recordings take, and when there will be none left if the present rules stay. */
export const capacity = z.object({
  recordings: z.int(),
  bytes: z.int(),
  trashBytes: z.int(),
  /** Bytes that arrive on a mean day, of the last 28 or as many as there are. */
  bytesPerDay: z.int(),
  /** Free bytes on the recordings' disk; null where that cannot be told. */
  freeBytes: z.int().nullable(),
  /** Days until the disk is full; null where it will not be within ten years. */
  daysLeft: z.int().nullable(),
  /** Oldest first, `YYYY-MM` at the site, what lies there now by format. */
  months: z.array(
    z.object({ month: z.string(), recordings: z.int(), wav: z.int(), flac: z.int(), opus: z.int() }),
  ),
});
export type Capacity = z.infer<typeof capacity>;

export const holdInput = z.object({ why: line(200) });
export const hold = z.object({ by: z.string().nullable(), why: z.string(), at: instant });
export type Hold = z.infer<typeof hold>;

/** A recording that is held or in the trash, as an admin finds it. */
const kept = z.object({
  callId: id,
  agentName: z.string(),
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  startedAt: instant,
  durationSeconds: z.number(),
  bytes: z.int(),
  format: audioFormat,
});
export const heldRecording = kept.extend({ hold });
export type HeldRecording = z.infer<typeof heldRecording>;
/** `by` is null where a rule of retention did it; `goesAt` is when it is deleted for good. */
export const trashedRecording = kept.extend({
  by: z.string().nullable(),
  trashedAt: instant,
  goesAt: instant,
});
export type TrashedRecording = z.infer<typeof trashedRecording>;
export const heldRecordings = page(heldRecording);
export const trashedRecordings = page(trashedRecording);

export const backupKind = z.enum(["nightly", "manual", "before_migration", "before_restore"]);
export type BackupKind = z.infer<typeof backupKind>;
/** `goesAt`: from then on it is deleted, once there is a newer one. */
export const backup = z.object({
  id: z.string(),
  kind: backupKind,
  made: instant,
  file: z.string(),
  bytes: z.int(),
  goesAt: instant,
});
export type Backup = z.infer<typeof backup>;
/** `possible` is false where a program is missing (`pg_dump`) or the database is in memory only. */
export const backups = z.object({
  items: z.array(backup),
  next: z.null(),
  folder: z.string(),
  possible: z.boolean(),
});
export type Backups = z.infer<typeof backups>;
