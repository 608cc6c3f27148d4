import type { AuditAction, AuditSubject } from "#contract";
import { isUniqueViolation } from "../db/violations.ts";
import type { Deps } from "../deps.ts";
import type { Actor } from "../http/context.ts";
import { GENESIS, hashOf } from "./chain.ts";
import { auditQueries } from "./queries.ts";

export type Audit = ReturnType<typeof createAudit>;
/** What happened, to what, and the SHA-256 of it where it is a file. Never a name or a phone. */
export type Deed = {
  action: AuditAction;
  subject?: { kind: AuditSubject; id: string };
  digest?: string | null;
};
/** Who did it, as far as it is known: somebody who is not signed in yet has only an address. */
export type By = Pick<Actor, "kind" | "address" | "keyId"> & { userId: string | null };
type Waiting = Deed & { by: By | null; at: Date; done: () => void; failed: (error: unknown) => void };

/** Entries of other nodes may come first; then the chain is read again. */
const TRIES = 20;

/** Who did what: a chain of entries that is only ever added to. */
export function createAudit({ store, clock }: Pick<Deps, "store" | "clock">) {
  const queries = auditQueries(store);
  let waiting: Waiting[] = [];
  let writing = false;
  let head: { n: number; hash: string } | null = null;

  async function append(deeds: Waiting[], tries = TRIES): Promise<void> {
    head ??= (await queries.head()) ?? { n: 0, hash: GENESIS };
    let [n, previous] = [head.n, head.hash];
    const rows = deeds.map(({ by, at, action, subject, digest }) => {
      const entry = {
        n: ++n,
        at,
        actorId: by?.keyId ?? by?.userId ?? null,
        actorKind: by?.kind ?? ("system" as const),
        action,
        subjectKind: subject?.kind ?? null,
        subjectId: subject?.id ?? null,
        digest: digest ?? null,
        address: by?.address ?? null,
        previous,
      };
      previous = hashOf(entry);
      return { ...entry, hash: previous };
    });
    try {
      await queries.append(rows);
      head = { n, hash: previous };
    } catch (error) {
      head = null;
      if (tries > 0 && isUniqueViolation(error)) return append(deeds, tries - 1);
      throw error;
    }
  }

  /** One batch after the other: each needs the hash of the one before. */
  async function write(): Promise<void> {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) {
      const deeds = waiting;
      waiting = [];
      await append(deeds).then(
        () => deeds.forEach(({ done }) => done()),
        (error: unknown) => deeds.forEach(({ failed }) => failed(error)),
      );
    }
    writing = false;
  }

  return {
    /**
     * Notes what somebody did; what many do at once is written together. Wait for it before you show or give
     * anything that must not be had without a trace.
     * @param by null for the program itself
     */
    note: (by: By | null, deed: Deed): Promise<void> =>
      new Promise((done, failed) => {
        waiting.push({ ...deed, by, at: clock(), done, failed });
        void write();
      }),
  };
}
