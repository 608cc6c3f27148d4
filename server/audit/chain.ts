import { createHash } from "node:crypto";
import type { AuditEntryRow } from "./queries.ts";

/** What stands before the first entry. */
export const GENESIS = "0".repeat(64);

/** SHA-256, hex, over everything an entry says and the hash of the one before. */
export function hashOf(entry: Omit<AuditEntryRow, "hash">): string {
  const { n, at, actorKind, actorId, action, subjectKind, subjectId, digest, address, previous } = entry;
  const said = [
    n,
    at.toISOString(),
    actorKind,
    actorId,
    action,
    subjectKind,
    subjectId,
    digest,
    address,
    previous,
  ];
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}
