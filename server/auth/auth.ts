import type { Me, User } from "#contract";
import type { Attempts } from "../access/attempts.ts";
import type { Audit } from "../audit/audit.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { Visitor } from "../http/visitor.ts";
import type { Actors } from "./actors.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { checkPassword } from "./password-rules.ts";
import { authQueries, type SessionKind } from "./queries.ts";
import { scopeKey, scopeOf } from "./scope.ts";
import { hashToken, newToken } from "./tokens.ts";

const HOUR = 3_600_000;
/** How long each kind of session lives without being used, in milliseconds. */
const LIFE: Record<SessionKind, number> = { browser: 12 * HOUR, panel: 12 * HOUR, device: 400 * 24 * HOUR };
/** When a session was last seen is written so often, in milliseconds. */
const SEEN_MS = 5 * 60_000;

export type Auth = ReturnType<typeof createAuth>;
export type AuthRooms = { actors: Actors; attempts: Attempts; audit: Audit };

/** Who is who: set-up, sign-in, sessions. Tokens leave once; only their hashes are kept. */
export function createAuth({ store, clock, newId, config }: Deps, { actors, attempts, audit }: AuthRooms) {
  const queries = authQueries(store, newId);
  let setupToken: string | null = null;

  /** A new session for somebody who has just proved who they are; its token leaves here, this once. */
  async function open(kind: SessionKind, userId: string, from: Visitor, device: string | null = null) {
    const token = newToken();
    const createdAt = clock();
    const expiresAt = new Date(createdAt.getTime() + LIFE[kind]);
    const { address, browser } = from;
    const row = { tokenHash: hashToken(token), kind, userId, device, createdAt, expiresAt, address };
    await queries.addSession({ ...row, browser: kind === "browser" ? browser : null });
    return token;
  }

  async function user(id: string): Promise<User> {
    const found = await queries.personById(id);
    if (!found) throw new AppError("not_found");
    return found;
  }

  /** Who holds this token; null when nobody does. A session in use lives on. */
  async function actorOf(token: string, address: string | null): Promise<Actor | null> {
    const tokenHash = hashToken(token);
    const now = clock();
    const known = actors.get(tokenHash, now);
    if (known) return known;
    const found = await queries.actor(tokenHash, now);
    if (!found) return null;
    const { expiresAt, lastSeenAt, ...person } = found;
    // a PC and its panel stay behind when their person gets up: there an admin is an agent, too
    const role = found.kind === "browser" ? found.role : "agent";
    const actor: Actor = { ...person, role, address: null };
    actors.keep(tokenHash, actor, now);
    const left = new Date(Math.max(expiresAt.getTime(), now.getTime() + LIFE[found.kind]));
    if (now.getTime() - (lastSeenAt?.getTime() ?? -Infinity) >= SEEN_MS)
      await queries.seen(tokenHash, { lastSeenAt: now, address, expiresAt: left });
    return actor;
  }

  return {
    open,
    user,
    actor: actorOf,

    /**
     * For an answer that goes on: calls `end` once the session of this token has ended on this node, or its person may
     * see other things than before. The function that it returns ends the watch.
     */
    whileSignedIn(actor: Actor, token: string, end: () => void): () => void {
      const seen = scopeKey(scopeOf(actor));
      const look = async (): Promise<void> => {
        const now = await actorOf(token, actor.address);
        if (now === null || scopeKey(scopeOf(now)) !== seen) end();
      };
      return actors.whileOpen(actor.userId, () => void look().catch(end));
    },

    /** A fresh token for the set-up link while nobody can sign in yet; null afterwards. */
    async offerSetup(): Promise<string | null> {
      setupToken = (await queries.anyone()) ? null : newToken();
      return setupToken;
    },

    /** Makes the first admin, and signs them in. @throws setup_done, setup_token_wrong, too_many, invalid */
    async setUp(
      input: { token: string; name: string; email: string; password: string; language: "es" | "en" },
      from: Visitor,
    ): Promise<{ user: User; token: string }> {
      if (setupToken === null) throw new AppError("setup_done");
      if (hashToken(input.token) !== hashToken(setupToken)) {
        await (await attempts.begin("setup", { address: from.address })).wrong();
        throw new AppError("setup_token_wrong");
      }
      checkPassword(input.password, input);
      const token = setupToken;
      setupToken = null;
      try {
        const { name, language } = input;
        const id = newId();
        const names =
          language === "es"
            ? { team: "Administración", site: "Sede principal" }
            : { team: "Administration", site: "Main site" };
        const passwordHash = await hashPassword(input.password);
        const email = input.email.toLowerCase();
        const person = { id, name, email, passwordHash, role: "admin" as const, language, teams: [] };
        await queries.addPerson({ ...person, ...names }, clock(), config.TIME_ZONE);
        const by = { kind: "browser", userId: id, address: from.address } as const;
        await audit.note(by, { action: "set_up", subject: { kind: "user", id } });
        return { user: await user(id), token: await open("browser", id, from) };
      } catch (error) {
        setupToken = token;
        throw error;
      }
    },

    /** @throws wrong_credentials, whichever of the two was wrong; locked_out, too_many; not_set_up */
    async signIn(email: string, password: string, from: Visitor): Promise<{ user: User; token: string }> {
      // another node may have been set up meanwhile
      if (setupToken !== null && !(await queries.anyone())) throw new AppError("not_set_up");
      const account = email.toLowerCase();
      const attempt = await attempts.begin("login", { account, address: from.address });
      const found = await queries.credentials(account);
      const right = await verifyPassword(password, found?.passwordHash ?? null);
      const by = {
        kind: "browser",
        userId: right && found ? found.id : null,
        address: from.address,
      } as const;
      const about = found ? { subject: { kind: "user", id: found.id } as const } : {};
      if (!found || !right) {
        const locks = await attempt.wrong();
        await audit.note(by, { action: "sign_in_failed", ...about });
        if (locks) await audit.note(by, { action: "locked_out", ...about });
        throw new AppError("wrong_credentials");
      }
      await attempt.right();
      await audit.note(by, { action: "signed_in", ...about });
      return { user: await user(found.id), token: await open("browser", found.id, from) };
    },

    /** Ends the session of this token; the token works nowhere from now on. Idempotent. */
    async signOut(actor: Actor, token: string): Promise<void> {
      await queries.endSession(hashToken(token));
      actors.forget(actor.userId);
      await audit.note(actor, { action: "signed_out", subject: { kind: "user", id: actor.userId } });
    },

    /** Somebody as they are now, for work that goes on without them; null for who may not sign in any more. */
    async standing(userId: string): Promise<Actor | null> {
      const found = await queries.standing(userId);
      return found && { ...found, kind: "browser", address: null };
    },

    /**
     * Who a call or contact is told for: a PC speaks for its agent, a key for the one it names.
     * @throws forbidden for a PC that names another, invalid for a key that names nobody
     */
    async onBehalf(actor: Actor, agentId: string | undefined): Promise<Actor> {
      if (actor.kind !== "key") {
        if (agentId !== undefined && agentId !== actor.userId) throw new AppError("forbidden");
        return actor;
      }
      const wrong = (message: string) => new AppError("invalid", { errors: [{ path: "agentId", message }] });
      if (agentId === undefined) throw wrong("an API key must say for whom");
      const agent = await queries.standing(agentId);
      if (!agent) throw wrong("nobody who can sign in has this id");
      const { kind, keyId, scopes, address } = actor;
      return { ...agent, kind, address, ...(keyId !== undefined && { keyId }), ...(scopes && { scopes }) };
    },

    async me(actor: Actor): Promise<Me> {
      const site = await queries.siteOf(actor.userId);
      return {
        ...(await user(actor.userId)),
        timeZone: site?.timeZone ?? config.TIME_ZONE,
        currency: config.CURRENCY,
      };
    },
  };
}
