import type { ResetCode, User } from "#contract";
import type { z } from "zod";
import type { passwordChange, passwordReset } from "#contract";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { Visitor } from "../http/visitor.ts";
import type { Auth, AuthRooms } from "./auth.ts";
import { checkPassword } from "./password-rules.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { authQueries } from "./queries.ts";
import { hashToken, newCode, plainCode } from "./tokens.ts";

const RESET_MS = 3_600_000;

export type OwnPassword = ReturnType<typeof createOwnPassword>;

/** How people set their own password: with the one that holds, or with an admin's one-time code. */
export function createOwnPassword(
  { store, clock, newId }: Deps,
  { auth, actors, attempts, audit }: { auth: Auth } & AuthRooms,
) {
  const queries = authQueries(store, newId);

  /** Sets it, and signs the owner out of all browsers but the one with the session `keep`. */
  async function set(userId: string, password: string, keep: string | null): Promise<void> {
    await queries.setPassword(userId, await hashPassword(password), clock(), keep);
    actors.forget(userId);
  }

  return {
    /** Other browsers are signed out. @param token that of the browser that asks @throws invalid, locked_out */
    async change(
      actor: Actor,
      { current, next }: z.output<typeof passwordChange>,
      token: string,
    ): Promise<void> {
      const { userId, address } = actor;
      const attempt = await attempts.begin("password", { account: userId, address });
      const person = await auth.user(userId);
      const known = await queries.credentials(person.email);
      const subject = { kind: "user", id: userId } as const;
      if (!(await verifyPassword(current, known?.passwordHash ?? null))) {
        if (await attempt.wrong()) await audit.note(actor, { action: "locked_out", subject });
        throw new AppError("invalid", {
          errors: [{ path: "current", message: "not the password that holds" }],
        });
      }
      await attempt.right();
      checkPassword(next, person, "next");
      await set(userId, next, hashToken(token));
      await audit.note(actor, { action: "password_set", subject });
    },

    /** A code with which somebody sets a new password, once, within an hour; an earlier one works no more. */
    async newCode(actor: Actor, userId: string): Promise<ResetCode> {
      if (!(await auth.user(userId)).active) throw new AppError("not_found");
      const code = newCode();
      const now = clock();
      const expiresAt = new Date(now.getTime() + RESET_MS);
      await queries.addPass({ hash: hashToken(plainCode(code)), kind: "reset", userId, expiresAt }, now);
      await audit.note(actor, { action: "reset_code_made", subject: { kind: "user", id: userId } });
      return { code, expiresAt: expiresAt.toISOString() };
    },

    /**
     * A new password by an admin's code; signs in, and ends what was signed in before.
     * @throws reset_code_invalid, whichever of code and e-mail was wrong; invalid, locked_out, too_many
     */
    async reset(
      { email, code, password }: z.output<typeof passwordReset>,
      from: Visitor,
    ): Promise<{ user: User; token: string }> {
      const account = email.toLowerCase();
      const attempt = await attempts.begin("reset", { account, address: from.address });
      const hash = hashToken(plainCode(code));
      const known = await queries.credentials(account);
      const holder = await queries.holderOf(hash, "reset", clock());
      if (!known || holder !== known.id) {
        const by = { kind: "browser", userId: null, address: from.address } as const;
        const about = known ? { subject: { kind: "user", id: known.id } as const } : {};
        if (await attempt.wrong()) await audit.note(by, { action: "locked_out", ...about });
        throw new AppError("reset_code_invalid");
      }
      await attempt.right();
      const person = await auth.user(known.id);
      // a code is not used up by a password that is refused
      checkPassword(password, person);
      if ((await queries.usePass(hash, "reset", clock())) === null) throw new AppError("reset_code_invalid");
      await set(known.id, password, null);
      await attempts.forget("login", account);
      const by = { kind: "browser", userId: known.id, address: from.address } as const;
      await audit.note(by, { action: "password_set", subject: { kind: "user", id: known.id } });
      return { user: person, token: await auth.open("browser", known.id, from) };
    },
  };
}
