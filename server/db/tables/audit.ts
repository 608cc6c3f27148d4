import type { AuditAction, AuditSubject, ActorKind } from "#contract";
import type { sqlite } from "../dialects.ts";

/**
 * Who did what, one entry after the other, each with the hash of the one before. Only ids and digests: names stand
 * in other tables, and erasing a person there leaves this chain whole. Never updated, never deleted.
 */
export function auditTables({ table, text, integer, instant, index }: typeof sqlite) {
  const auditEntries = table(
    "audit_entries",
    {
      /** 1, 2, 3 … without holes. */
      n: integer("n").primaryKey(),
      at: instant("at").notNull(),
      /** A person's id, an API key's, or null for the program itself. */
      actorId: text("actor_id"),
      actorKind: text("actor_kind").$type<ActorKind>().notNull(),
      action: text("action").$type<AuditAction>().notNull(),
      subjectKind: text("subject_kind").$type<AuditSubject>(),
      subjectId: text("subject_id"),
      /** SHA-256, hex, of what the action was about: an audio file, a workbook; null where there is none. */
      digest: text("digest"),
      /** The address that the request came from; null for the program itself. */
      address: text("address"),
      /** Hash of the entry before; 64 zeros for the first. */
      previous: text("previous").notNull(),
      hash: text("hash").notNull(),
    },
    (entries) => [
      // who saw, heard or changed one thing
      index("audit_by_subject").on(entries.subjectId, entries.n),
      index("audit_by_actor").on(entries.actorId, entries.n),
      index("audit_by_action").on(entries.action, entries.n),
      // where a day begins
      index("audit_by_time").on(entries.at),
    ],
  );

  return { auditEntries };
}
