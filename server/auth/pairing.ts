import type { PairingCode, PanelTicket, Pairing } from "#contract";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { Visitor } from "../http/visitor.ts";
import type { Deps } from "../deps.ts";
import type { Auth, AuthRooms } from "./auth.ts";
import { authQueries } from "./queries.ts";
import { hashToken, newCode, newToken, plainCode } from "./tokens.ts";

const PAIRING_MS = 600_000;
const TICKET_MS = 30_000;

export type PairingRoom = ReturnType<typeof createPairing>;

/** How an agent's PC becomes theirs, and opens the copilot's window. */
export function createPairing(
  { store, clock, newId }: Deps,
  { auth, attempts, audit }: { auth: Auth } & Omit<AuthRooms, "actors">,
) {
  const queries = authQueries(store, newId);

  return {
    /** A code that pairs one PC with this agent, once, within ten minutes. @throws forbidden, not_found */
    async newCode(actor: Actor, userId: string): Promise<PairingCode> {
      if (actor.role !== "admin" && actor.userId !== userId) throw new AppError("forbidden");
      if (!(await auth.user(userId)).active) throw new AppError("not_found");
      const code = newCode();
      const now = clock();
      const expiresAt = new Date(now.getTime() + PAIRING_MS);
      await queries.addPass({ hash: hashToken(plainCode(code)), kind: "pairing", userId, expiresAt }, now);
      return { code, expiresAt: expiresAt.toISOString() };
    },

    /** @throws pairing_code_invalid, too_many */
    async pair(code: string, device: string, from: Visitor): Promise<Pairing> {
      const attempt = await attempts.begin("pair", { address: from.address });
      const userId = await queries.usePass(hashToken(plainCode(code)), "pairing", clock());
      if (userId === null) {
        await attempt.wrong();
        throw new AppError("pairing_code_invalid");
      }
      await attempt.right();
      const by = { kind: "device", userId, address: from.address } as const;
      await audit.note(by, { action: "device_paired", subject: { kind: "user", id: userId } });
      return { token: await auth.open("device", userId, from, device), agent: await auth.user(userId) };
    },

    /** A link for the copilot's window: works once, within 30 seconds. */
    async newTicket(actor: Actor): Promise<PanelTicket> {
      const ticket = newToken();
      const now = clock();
      const expiresAt = new Date(now.getTime() + TICKET_MS);
      await queries.addPass({ hash: hashToken(ticket), kind: "panel", userId: actor.userId, expiresAt }, now);
      return { ticket, expiresAt: expiresAt.toISOString() };
    },

    /** The panel's session token for its ticket. @throws ticket_invalid, too_many */
    async openPanel(ticket: string, from: Visitor): Promise<string> {
      const userId = await queries.usePass(hashToken(ticket), "panel", clock());
      if (userId !== null) return auth.open("panel", userId, from);
      await (await attempts.begin("panel", { address: from.address })).wrong();
      throw new AppError("ticket_invalid");
    },
  };
}
