import type { Actor } from "../http/context.ts";

/** For how long a node trusts what it read, in milliseconds: another node's revocation counts after that. */
const TRUST_MS = 5_000;
const MOST = 10_000;

type Known = { actor: Actor; readAt: number };

/** Who holds which token, read lately. `forget` after anything that changes it in this process. */
export class Actors {
  readonly #known = new Map<string, Known>();
  /** What goes on as long as somebody is signed in, by the person. */
  readonly #open = new Map<string, Set<() => void>>();

  get(tokenHash: string, now: Date): Actor | null {
    const known = this.#known.get(tokenHash);
    const age = now.getTime() - (known?.readAt ?? -Infinity);
    return known && age >= 0 && age < TRUST_MS ? known.actor : null;
  }

  keep(tokenHash: string, actor: Actor, now: Date): void {
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(tokenHash, { actor, readAt: now.getTime() });
  }

  /** @param userId whose sessions have changed: what is open of theirs looks whether it still may be */
  forget(userId?: string): void {
    this.#known.clear();
    for (const look of this.#open.get(userId ?? "") ?? []) look();
  }

  /** Calls `look` when sessions of this person have changed, until the function that it returns is called. */
  whileOpen(userId: string, look: () => void): () => void {
    const all = this.#open.get(userId) ?? new Set();
    this.#open.set(userId, all.add(look));
    return () => {
      all.delete(look);
      if (all.size === 0) this.#open.delete(userId);
    };
  }
}
