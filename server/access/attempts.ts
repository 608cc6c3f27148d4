import { createHash } from "node:crypto";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import { accessQueries } from "./queries.ts";

export type Attempts = ReturnType<typeof createAttempts>;

/** What is tried: a sign-in, a reset code, the password that holds, a pairing code, a set-up link, a panel's link. */
export type AttemptKind = "login" | "reset" | "password" | "pair" | "setup" | "panel";

const WINDOW_MS = 15 * 60_000;
const LOCK_MS = 15 * 60_000;
/** Wrong ones within a window, then nothing more is let through for the length of a lock. */
const MOST = { account: 10, address: 50 };

/** SHA-256 of what is tried and by whom: the table holds no e-mail and no address. */
const keyOf = (kind: AttemptKind, by: keyof typeof MOST, value: string): string =>
  createHash("sha256").update(`${kind}\0${by}\0${value}`).digest("hex");

/** What one household or office has: an IPv6 address counts by its /64. */
function network(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const groups = (text: string): string[] => text.split(":").filter((group) => group !== "");
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill("0"), ...groups(tail ?? "")];
  return all.slice(0, 4).join(":");
}

/**
 * How often something was tried at the door, by account and by address, in the database so that all nodes count
 * together. An account that does not exist counts like one that does.
 */
export function createAttempts({ store, clock }: Pick<Deps, "store" | "clock">) {
  const queries = accessQueries(store);

  return {
    /**
     * Counts a try before it is judged, so that many at once do not slip through. Say then whether it was right.
     * @throws locked_out for an account, too_many for an address that has tried too often
     */
    async begin(kind: AttemptKind, who: { account?: string; address: string | null }) {
      const account = who.account === undefined ? null : keyOf(kind, "account", who.account);
      const address = who.address === null ? null : keyOf(kind, "address", network(who.address));
      const keys = [account, address].filter((key) => key !== null);
      const now = clock();
      const counts = keys.length === 0 ? [] : await queries.tried(keys, now, WINDOW_MS, WINDOW_MS + LOCK_MS);
      const of = (key: string | null) =>
        counts.find((row) => row.key === key) ?? { count: 0, lockedUntil: null };
      for (const [key, most, code] of [
        [account, MOST.account, "locked_out"],
        [address, MOST.address, "too_many"],
      ] as const) {
        const { count, lockedUntil } = of(key);
        if (lockedUntil === null && count <= most) continue;
        const left = lockedUntil === null ? LOCK_MS : lockedUntil.getTime() - now.getTime();
        throw new AppError(code, { retryAfter: Math.ceil(left / 1000) });
      }
      return {
        right: () => queries.forgive(account, address),
        /** Whether this one locks the account. */
        async wrong(): Promise<boolean> {
          const until = new Date(clock().getTime() + LOCK_MS);
          if (address !== null && of(address).count >= MOST.address) await queries.lock(address, until);
          return account !== null && of(account).count >= MOST.account && queries.lock(account, until);
        },
      };
    },

    /** An account begins anew, whatever was tried. */
    forget: (kind: AttemptKind, account: string) => queries.forgive(keyOf(kind, "account", account), null),

    /** Until when the sign-in of each of these accounts waits; those that do not are left out. */
    async waiting<T extends { account: string }>(all: () => Promise<T[]>): Promise<(T & { until: Date })[]> {
      const locked = new Map((await queries.locked(clock())).map(({ key, until }) => [key, until]));
      if (locked.size === 0) return [];
      return (await all()).flatMap((one) => {
        const until = locked.get(keyOf("login", "account", one.account));
        return until ? [{ ...one, until }] : [];
      });
    },
  };
}
