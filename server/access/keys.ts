import type { z } from "zod";
import type { ApiKey, MadeApiKey, newApiKey } from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { Actors } from "../auth/actors.ts";
import type { Auth } from "../auth/auth.ts";
import { hashToken, newToken } from "../auth/tokens.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { accessQueries } from "./queries.ts";

export type Keys = ReturnType<typeof createKeys>;

/** By it a key is told from other tokens, and found by scanners where somebody has published it. */
const PREFIX = "cm_";
/** The last use is written so often, in milliseconds. */
const SEEN_MS = 5 * 60_000;

/** Keys with which other programs use the wire: a PBX that tells of calls, a CRM, a report. */
export function createKeys(
  { store, clock, newId }: Deps,
  rooms: { auth: Auth; actors: Actors; audit: Audit },
) {
  const { auth, actors, audit } = rooms;
  const queries = accessQueries(store);

  return {
    is: (token: string): boolean => token.startsWith(PREFIX),

    /** A key with these scopes; the only time that it is shown. @throws invalid for an end in the past */
    async add(actor: Actor, { name, scopes, expiresAt }: z.output<typeof newApiKey>): Promise<MadeApiKey> {
      const now = clock();
      const end = expiresAt === undefined ? null : new Date(expiresAt);
      if (end && end <= now)
        throw new AppError("invalid", {
          errors: [{ path: "expiresAt", message: "already past: choose a later time" }],
        });
      const key = PREFIX + newToken();
      const row = { id: newId(), name, scopes, createdAt: now, expiresAt: end };
      await queries.addKey({ ...row, keyHash: hashToken(key), createdBy: actor.userId });
      await audit.note(actor, { action: "api_key_made", subject: { kind: "api_key", id: row.id } });
      return { ...toKey({ ...row, createdBy: actor.name, lastUsedAt: null }), key };
    },

    list: async (): Promise<ApiKey[]> => (await queries.keys()).map(toKey),

    /** It works nowhere from now on: on this node at once, on others within seconds. @throws not_found */
    async revoke(actor: Actor, id: string): Promise<void> {
      if (!(await queries.revokeKey(id, clock()))) throw new AppError("not_found");
      actors.forget();
      await audit.note(actor, { action: "api_key_revoked", subject: { kind: "api_key", id } });
    },

    /**
     * Who acts with this key: a reader of everything within its scopes, in the place of the admin who made it.
     * Null for a key that is none, was revoked, has ended, or whose maker is an admin no more.
     */
    async actor(key: string): Promise<Actor | null> {
      const keyHash = hashToken(key);
      const now = clock();
      // apart from sessions: a key in a cookie is nothing
      const kept = actors.get(`key ${keyHash}`, now);
      if (kept) return kept;
      const found = await queries.keyByHash(keyHash, now);
      const maker = found && (await auth.standing(found.createdBy));
      if (!found || maker?.role !== "admin") return null;
      if (now.getTime() - (found.lastUsedAt?.getTime() ?? -Infinity) > SEEN_MS)
        await queries.keyUsed(found.id, now);
      const { id, name, scopes } = found;
      const actor: Actor = {
        ...maker,
        kind: "key",
        keyId: id,
        scopes,
        name,
        role: "executive",
        address: null,
      };
      actors.keep(`key ${keyHash}`, actor, now);
      return actor;
    },
  };
}

const toKey = (row: {
  id: string;
  name: string;
  scopes: ApiKey["scopes"];
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}): ApiKey => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});
