import type { Me, PairingCode, PanelTicket, Pairing, User } from "#contract";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { Deps } from "../deps.ts";
import type { Actors } from "./actors.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { authQueries, type SessionKind } from "./queries.ts";
import { hashToken, newPairingCode, newToken, plainCode } from "./tokens.ts";

const HOUR = 3_600_000;
/** How long each kind of session lives without being used, in milliseconds. */
const LIFE: Record<SessionKind, number> = { browser: 12 * HOUR, panel: 12 * HOUR, device: 400 * 24 * HOUR };
const PAIRING_MS = 600_000;
const TICKET_MS = 30_000;

export type Auth = ReturnType<typeof createAuth>;

/** Who is who: set-up, sign-in, sessions, pairing. Tokens leave once; only their hashes are kept. */
export function createAuth({ store, clock, newId, config }: Deps, actors: Actors) {
  const queries = authQueries(store, newId);
  let setupToken: string | null = null;

  async function open(kind: SessionKind, userId: string, device: string | null): Promise<string> {
    const token = newToken();
    const createdAt = clock();
    const expiresAt = new Date(createdAt.getTime() + LIFE[kind]);
    await queries.addSession({ tokenHash: hashToken(token), kind, userId, device, createdAt, expiresAt });
    return token;
  }

  async function user(id: string): Promise<User> {
    const found = await queries.personById(id);
    if (!found) throw new AppError("not_found");
    return found;
  }

  return {
    /** A fresh token for the set-up link while nobody can sign in yet; null afterwards. */
    async offerSetup(): Promise<string | null> {
      setupToken = (await queries.anyone()) ? null : newToken();
      return setupToken;
    },

    /** Makes the first admin, and signs them in. @throws setup_done, setup_token_wrong */
    async setUp(input: {
      token: string;
      name: string;
      email: string;
      password: string;
      language: "es" | "en";
    }) {
      if (setupToken === null) throw new AppError("setup_done");
      if (hashToken(input.token) !== hashToken(setupToken)) throw new AppError("setup_token_wrong");
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
        const person = {
          id,
          name,
          email: input.email.toLowerCase(),
          passwordHash,
          role: "admin" as const,
          language,
          teams: [],
        };
        await queries.addPerson({ ...person, ...names }, clock(), config.TIME_ZONE);
        return { user: await user(id), token: await open("browser", id, null) };
      } catch (error) {
        setupToken = token;
        throw error;
      }
    },

    /** @throws wrong_credentials, whichever of the two was wrong */
    async signIn(email: string, password: string): Promise<{ user: User; token: string }> {
      const found = await queries.credentials(email.toLowerCase());
      const right = await verifyPassword(password, found?.passwordHash ?? null);
      if (!found || !right) throw new AppError("wrong_credentials");
      return { user: await user(found.id), token: await open("browser", found.id, null) };
    },

    /** Ends the session of this token; the token works nowhere from now on. Idempotent. */
    async signOut(token: string): Promise<void> {
      await queries.endSession(hashToken(token));
      actors.forget();
    },

    /** Who holds this token; null when nobody does. A session in use lives on. */
    async actor(token: string): Promise<Actor | null> {
      const tokenHash = hashToken(token);
      const now = clock();
      const known = actors.get(tokenHash, now);
      if (known) return known;
      const found = await queries.actor(tokenHash, now);
      if (!found) return null;
      const { expiresAt, ...person } = found;
      const actor: Actor = { ...person, address: null };
      actors.keep(tokenHash, actor, now);
      const life = LIFE[actor.kind];
      if (expiresAt.getTime() - now.getTime() < life * 0.9)
        await queries.prolong(tokenHash, new Date(now.getTime() + life));
      return actor;
    },

    /** Somebody as they are now, for work that goes on without them; null for who may not sign in any more. */
    async standing(userId: string): Promise<Actor | null> {
      const found = await queries.standing(userId);
      return found && { ...found, kind: "browser", address: null };
    },

    async me(actor: Actor): Promise<Me> {
      const site = await queries.siteOf(actor.userId);
      return {
        ...(await user(actor.userId)),
        timeZone: site?.timeZone ?? config.TIME_ZONE,
        currency: config.CURRENCY,
      };
    },

    /** A code that pairs one PC with this agent, once, within ten minutes. */
    async newPairingCode(actor: Actor, userId: string): Promise<PairingCode> {
      if (actor.role !== "admin" && actor.userId !== userId) throw new AppError("forbidden");
      await user(userId);
      const code = newPairingCode();
      const now = clock();
      const expiresAt = new Date(now.getTime() + PAIRING_MS);
      await queries.addPass({ hash: hashToken(plainCode(code)), kind: "pairing", userId, expiresAt }, now);
      return { code, expiresAt: expiresAt.toISOString() };
    },

    /** @throws pairing_code_invalid */
    async pair(code: string, device: string): Promise<Pairing> {
      const userId = await queries.usePass(hashToken(plainCode(code)), "pairing", clock());
      if (userId === null) throw new AppError("pairing_code_invalid");
      return { token: await open("device", userId, device), agent: await user(userId) };
    },

    /** A link for the copilot's window: works once, within 30 seconds. */
    async newPanelTicket(actor: Actor): Promise<PanelTicket> {
      if (actor.kind !== "device") throw new AppError("forbidden");
      const ticket = newToken();
      const now = clock();
      const expiresAt = new Date(now.getTime() + TICKET_MS);
      await queries.addPass({ hash: hashToken(ticket), kind: "panel", userId: actor.userId, expiresAt }, now);
      return { ticket, expiresAt: expiresAt.toISOString() };
    },

    /** The panel's session token for its ticket. @throws ticket_invalid */
    async openPanel(ticket: string): Promise<string> {
      const userId = await queries.usePass(hashToken(ticket), "panel", clock());
      if (userId === null) throw new AppError("ticket_invalid");
      return open("panel", userId, null);
    },
  };
}
