import { randomBytes } from "node:crypto";

const GOOD_FOR_MS = 10 * 60_000;

/** Keys for the tray's own page: each is good for ten minutes, for pairing and looking only. */
export class Tickets {
  readonly #until = new Map<string, number>();

  issue(): string {
    const now = performance.now();
    for (const [ticket, until] of this.#until) if (until < now) this.#until.delete(ticket);
    const ticket = randomBytes(32).toString("base64url");
    this.#until.set(ticket, now + GOOD_FOR_MS);
    return ticket;
  }

  /** Whether the header `Authorization` holds one that is still good. */
  accepts(header: string | undefined): boolean {
    const until = this.#until.get(header?.replace(/^Bearer /, "") ?? "");
    return until !== undefined && until > performance.now();
  }
}
