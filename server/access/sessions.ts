import type { Session } from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { Actors } from "../auth/actors.ts";
import type { Auth } from "../auth/auth.ts";
import { hashToken } from "../auth/tokens.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { accessQueries } from "./queries.ts";

export type Sessions = ReturnType<typeof createSessions>;

/** Where people are signed in, and how that ends: one's own, and for an admin anybody's. */
export function createSessions(
  { store, clock }: Pick<Deps, "store" | "clock">,
  { actors, auth, audit }: { actors: Actors; auth: Auth; audit: Audit },
) {
  const queries = accessQueries(store);
  const ended = { browser: ["session_revoked", "session"], device: ["device_revoked", "device"] } as const;

  return {
    /** Browsers and PCs of somebody, the last used first. @param token the one that asks, if it is among them @throws not_found */
    async list(userId: string, token: string | null): Promise<Session[]> {
      await auth.user(userId);
      const own = token === null ? null : hashToken(token);
      return (await queries.sessions(userId, clock())).map(({ tokenHash, kind, ...row }) => ({
        ...row,
        // panels are not listed
        kind: kind === "device" ? kind : "browser",
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
        current: tokenHash === own,
      }));
    },

    /** Ends a browser's session, or unpairs a PC together with its panels: at once on this node. @throws not_found */
    async end(actor: Actor, userId: string, id: string): Promise<void> {
      const kind = await queries.endSession(userId, id);
      if (kind === null) throw new AppError("not_found");
      actors.forget(userId);
      const [action, subject] = ended[kind];
      await audit.note(actor, { action, subject: { kind: subject, id } });
    },

    /** Signs somebody out of all browsers but the one with this token; their PCs stay paired. @throws not_found */
    async endBrowsers(actor: Actor, userId: string, keep: string | null): Promise<void> {
      await auth.user(userId);
      const count = await queries.endBrowsers(userId, keep === null ? null : hashToken(keep));
      actors.forget(userId);
      if (count > 0)
        await audit.note(actor, { action: "session_revoked", subject: { kind: "user", id: userId } });
    },
  };
}
