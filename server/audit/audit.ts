import { setTimeout as wait } from "node:timers/promises";
import type { AuditAction, AuditSubject } from "#contract";
import { isUniqueViolation } from "../db/violations.ts";
import type { Deps } from "../deps.ts";
import type { Actor } from "../http/context.ts";
import { GENESIS, hashOf, type Link } from "./chain.ts";
import { createPublisher, type Head } from "./head.ts";
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

/** Entries of other nodes may come first; then the chain is read again, after a moment of chance. */
const TRIES = 100;
const MOMENT_MS = 10;
/** Rows that are written together: a database takes only so many values at once. */
const BATCH = 500;
/** Whoever comes back to the same thing within this time is still at it. */
const STILL_MS = 600_000;
const MOST_LATELY = 10_000;

/** Who did what: a chain of entries that is only ever added to. */
export function createAudit({ store, clock, config, log }: Pick<Deps, "store" | "clock" | "config" | "log">) {
  const queries = auditQueries(store);
  const holds = async ({ n, hash }: Link) =>
    (await queries.byNumber(n))?.hash === hash || queries.tellsOf(hash);
  const publisher = createPublisher(config.DATA_FOLDER, log, holds);
  const waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;
  let last: Link | null = null;
  const lately = new Map<string, { at: number; noted: Promise<void> }>();

  async function append(deeds: Waiting[], tries = TRIES): Promise<void> {
    last ??= (await queries.head()) ?? { n: 0, hash: GENESIS };
    let { n, hash: previous } = last;
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
    } catch (error) {
      last = null;
      if (tries === 0 || !isUniqueViolation(error)) throw error;
      await wait(Math.random() * MOMENT_MS);
      return append(deeds, tries - 1);
    }
    last = { n, hash: previous };
    const newest = rows.at(-1);
    if (newest) publisher.publish(toHead(newest));
  }

  /** One batch after the other: each needs the hash of the one before. */
  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const deeds = waiting.splice(0, BATCH);
      await append(deeds).then(
        () => deeds.forEach(({ done }) => done()),
        (error: unknown) => deeds.forEach(({ failed }) => failed(error)),
      );
    }
    writing = null;
  }

  const note = (by: By | null, deed: Deed): Promise<void> =>
    new Promise((done, failed) => {
      waiting.push({ ...deed, by, at: clock(), done, failed });
      writing ??= write();
    });

  /** The chain's newest entry; null before the first. */
  async function head(): Promise<Head | null> {
    const row = await queries.head();
    return row && toHead(row);
  }

  return {
    /**
     * Notes what somebody did; what many do at once is written together. Wait for it before you show or give
     * anything that must not be had without a trace.
     * @param by null for the program itself
     */
    note,

    /**
     * Notes it once while somebody is at it from one place: a player asks for a recording piece by piece. A clock that
     * was set back far begins anew.
     */
    noteOnce(by: Actor, deed: Deed & { subject: NonNullable<Deed["subject"]> }): Promise<void> {
      const who = by.keyId ?? by.userId;
      const key = `${who} ${by.kind} ${by.address} ${deed.action} ${deed.subject.id}`;
      const now = clock().getTime();
      const before = lately.get(key);
      if (before && Math.abs(now - before.at) < STILL_MS) {
        before.at = now;
        return before.noted;
      }
      if (lately.size >= MOST_LATELY) lately.clear();
      const noted = note(by, deed);
      lately.set(key, { at: now, noted });
      noted.catch(() => lately.delete(key));
      return noted;
    },

    head,

    /**
     * Notes that a backup was brought back: with the hash of the head that had been published, if there was one, so that
     * what the chain no longer has is told, and not taken for a cut.
     */
    restored: (backupId: string, lost: Link | null): Promise<void> =>
      note(null, {
        action: "restored",
        subject: { kind: "backup", id: backupId },
        digest: lost?.hash ?? null,
      }),

    /** Sees whether the chain still has the head that was published, and publishes the newest. */
    async start(): Promise<void> {
      const newest = await head();
      if (newest) publisher.publish(newest);
      await publisher.flush();
    },
    /** Once what waits is written and published. */
    async stop(): Promise<void> {
      await writing;
      await publisher.flush();
    },
  };
}

const toHead = ({ n, hash, at }: { n: number; hash: string; at: Date }): Head => ({
  n,
  hash,
  at: at.toISOString(),
});
