import type { Actor } from "../http/context.ts";

/** For how long a node trusts what it read, in milliseconds: another node's revocation counts after that. */
const TRUST_MS = 5_000;
const MOST = 10_000;

type Known = { actor: Actor; readAt: number };

/** Who holds which token, read lately. `forget` after anything that changes it in this process. */
export class Actors {
  readonly #known = new Map<string, Known>();

  get(tokenHash: string, now: Date): Actor | null {
    const known = this.#known.get(tokenHash);
    const age = now.getTime() - (known?.readAt ?? -Infinity);
    return known && age >= 0 && age < TRUST_MS ? known.actor : null;
  }

  keep(tokenHash: string, actor: Actor, now: Date): void {
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(tokenHash, { actor, readAt: now.getTime() });
  }

  forget(): void {
    this.#known.clear();
  }
}
