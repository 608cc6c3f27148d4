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

/** Whether both are said to be the same entry, and are not. */
const isOther = (one: Link, other: Link): boolean => one.n === other.n && one.hash !== other.hash;

/**
 * Reads a chain from its first entry on and finds the first that is altered, missing or extra. `heads` are links that
 * were published elsewhere: the chain must hold them, so that a rewritten one and a cut tail show.
 */
export class ChainReader {
  /** Heads that backups were brought back over, with the entry that tells of it. */
  readonly restored: { n: number; lost: Link }[] = [];
  #heads: Link[];
  #last: Link = { n: 0, hash: GENESIS };
  /** An entry that is not what it was, until the one after it tells whether it belongs here at all. */
  #doubtful: { n: number; before: string } | null = null;

  constructor(heads: Link[] = []) {
    this.#heads = heads;
  }

  get #furthest(): number {
    return Math.max(0, ...this.#heads.map(({ n }) => n));
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
    if (entry.action === "restored") this.#excuse(entry);
    if (this.#heads.some(({ n, hash }) => n === entry.n && hash !== entry.hash))
      return { kind: "rewritten", n: entry.n };
    this.#last = { n: entry.n, hash: entry.hash };
    return null;
  }

  /**
   * A backup came back, and what was noted since it was made is gone with the head that the entry names, and with those
   * that were published on the way to it.
   */
  #excuse({ n, digest }: AuditEntryRow): void {
    const lost = this.#heads.find((head) => head.hash === digest && head.n >= n);
    if (!lost) return;
    this.restored.push({ n, lost });
    this.#heads = this.#heads.filter((head) => head.n < n || head.n > lost.n || isOther(head, lost));
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
