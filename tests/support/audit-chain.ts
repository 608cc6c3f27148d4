import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { auditAction } from "#contract";
import { GENESIS, hashOf } from "../../server/audit/chain.ts";
import type { AuditEntryRow } from "../../server/audit/queries.ts";
import type { Store } from "../../server/db/store.ts";

const BEGUN = Date.parse("2026-03-02T08:00:00.000Z");

/** A chain of entries of all kinds, as the audit writes them. */
export function chainOf(length: number): AuditEntryRow[] {
  const rows: AuditEntryRow[] = [];
  const people = Array.from({ length: 7 }, () => uuidv7());
  let previous = GENESIS;
  for (let n = 1; n <= length; n++) {
    const system = n % 11 === 0;
    const entry = {
      n,
      at: new Date(BEGUN + n * 1_017),
      actorId: system ? null : (people[n % people.length] ?? null),
      actorKind: system ? ("system" as const) : ("browser" as const),
      action: auditAction.options[n % auditAction.options.length] ?? "exported",
      subjectKind: n % 5 === 0 ? null : ("recording" as const),
      subjectId: n % 5 === 0 ? null : uuidv7(),
      digest: n % 3 === 0 ? hashOf({ n, at: new Date(n) } as AuditEntryRow) : null,
      address: system ? null : `192.0.2.${n % 250}`,
      previous,
    };
    previous = hashOf(entry);
    rows.push({ ...entry, hash: previous });
  }
  return rows;
}

/** Writes entries as they are, in pieces that a database takes. */
export async function writeChain(store: Store, rows: AuditEntryRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 500)
    await store.together((db) => [db.insert(store.tables.auditEntries).values(rows.slice(at, at + 500))]);
}

/** Whoever owns the database can take its guards away: SQL as such a person would run it. */
export async function tamper(store: Store, ...statements: string[]): Promise<void> {
  const guards =
    store.dialect === "sqlite"
      ? ["drop trigger if exists audit_never_changed", "drop trigger if exists audit_never_removed"]
      : ["drop trigger if exists audit_never_changed on audit_entries"];
  const raw = store.db as unknown as { run?(query: unknown): unknown; execute?(query: unknown): unknown };
  for (const statement of [...guards, ...statements])
    await (store.dialect === "sqlite" ? raw.run?.(sql.raw(statement)) : raw.execute?.(sql.raw(statement)));
}
