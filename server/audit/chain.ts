import { createHash } from "node:crypto";
import type { AuditFault } from "#contract";
import type { AuditEntryRow } from "./queries.ts";

/** What stands before the first entry. */
export const GENESIS = "0".repeat(64);

/** An entry's number and hash: together they say all that was noted up to there. */
export type Link = { n: number; hash: string };

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

/** Whether an entry, under a number, is what its hash was made of. An instant that is none has no hash. */
const says = (entry: AuditEntryRow, n: number): boolean =>
  !Number.isNaN(entry.at.getTime()) && hashOf({ ...entry, n }) === entry.hash;

/**
 * Reads a chain from its first entry on and finds the first that is altered, missing or extra. `heads` are links that
 * were published elsewhere: the chain must hold them, so that a rewritten one and a cut tail show.
 */
export class ChainReader {
  readonly #heads: Link[];
  readonly #furthest: number;
  #last: Link = { n: 0, hash: GENESIS };
  /** An entry that is not what it was, until the one after it tells whether it belongs here at all. */
  #doubtful: { n: number; before: string } | null = null;

  constructor(heads: Link[] = []) {
    this.#heads = heads;
    this.#furthest = Math.max(0, ...heads.map(({ n }) => n));
  }

  /** The newest entry that is proven. */
  get last(): Link {
    return this.#last;
  }

  /** The next entry by number. Stop at the first fault. */
  take(entry: AuditEntryRow): AuditFault | null {
    if (this.#doubtful) {
      const { n, before } = this.#doubtful;
      // it continues the entry before the doubtful one, which was put in between
      return { kind: entry.previous === before ? "extra" : "altered", n };
    }
    const expected = this.#last.n + 1;
    if (entry.n < expected) return { kind: "extra", n: entry.n };
    if (entry.n > expected) return { kind: "missing", n: expected };
    if (!says(entry, entry.n)) {
      // entries that were numbered anew after one was taken out or put in
      if (says(entry, entry.n + 1)) return { kind: "missing", n: entry.n };
      if (says(entry, entry.n - 1))
        return { kind: "extra", n: entry.hash === this.#last.hash ? entry.n : entry.n - 1 };
      this.#doubtful = { n: entry.n, before: this.#last.hash };
      return null;
    }
    if (entry.previous !== this.#last.hash) return { kind: "unlinked", n: entry.n };
    if (this.#heads.some(({ n, hash }) => n === entry.n && hash !== entry.hash))
      return { kind: "rewritten", n: entry.n };
    this.#last = { n: entry.n, hash: entry.hash };
    return null;
  }

  /** After the last entry. */
  end(): AuditFault | null {
    if (this.#doubtful) {
      const { n } = this.#doubtful;
      return { kind: this.#heads.length > 0 && n > this.#furthest ? "extra" : "altered", n };
    }
    return this.#last.n < this.#furthest ? { kind: "cut", n: this.#last.n + 1 } : null;
  }
}
