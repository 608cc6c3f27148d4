import type { z } from "zod";
import type { LockedPeople, newUser, Page, User, userChange } from "#contract";
import { isUniqueViolation } from "../db/violations.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { AuthRooms } from "./auth.ts";
import { hashPassword } from "./passwords.ts";
import { checkPassword } from "./password-rules.ts";
import { authQueries } from "./queries.ts";

export type People = ReturnType<typeof createPeople>;

/** The people of the company, and the teams and sites that they make by name. */
export function createPeople(
  { store, clock, newId, config, bus }: Deps,
  { actors, attempts, audit, jobs }: AuthRooms & { jobs: Pick<Jobs, "forgetOf"> },
) {
  const queries = authQueries(store, newId);

  async function byId(id: string): Promise<User> {
    const found = await queries.personById(id);
    if (!found) throw new AppError("not_found");
    return found;
  }

  /** A team lives in one site. @throws team_elsewhere */
  async function checkTeam(team: string, site: string): Promise<void> {
    const home = await queries.siteOfTeam(team);
    if (home !== null && home !== site) throw new AppError("team_elsewhere");
  }

  const orEmailTaken = (error: unknown): never => {
    throw isUniqueViolation(error) ? new AppError("email_taken", { cause: error }) : error;
  };

  return {
    async list({ after = "", limit }: { after?: string | undefined; limit: number }): Promise<Page<User>> {
      const items = await queries.people(after, limit);
      return { items, next: items.length === limit ? (items.at(-1)?.id ?? null) : null };
    },

    /** Whose sign-in waits because too many passwords were tried. */
    async locked(): Promise<LockedPeople> {
      const accounts = async () =>
        (await queries.emails()).map(({ id, email }) => ({ userId: id, account: email }));
      const waiting = await attempts.waiting(accounts);
      return { items: waiting.map(({ userId, until }) => ({ userId, until: until.toISOString() })) };
    },

    /** @throws team_elsewhere, email_taken, invalid for a password that would be guessed */
    async add(actor: Actor, input: z.output<typeof newUser>): Promise<User> {
      await checkTeam(input.team, input.site);
      checkPassword(input.password, input);
      const { password, ...rest } = input;
      const id = newId();
      const person = {
        ...rest,
        id,
        email: input.email.toLowerCase(),
        passwordHash: await hashPassword(password),
      };
      await queries.addPerson(person, clock(), config.TIME_ZONE).catch(orEmailTaken);
      await audit.note(actor, { action: "person_added", subject: { kind: "user", id } });
      bus.publish({ kind: "agent", agentId: id });
      return byId(id);
    },

    /**
     * Who may see other things from now on loses what they have exported.
     * @throws not_found, last_admin, team_elsewhere, email_taken, invalid for a password that would be guessed
     */
    async change(actor: Actor, id: string, input: z.output<typeof userChange>): Promise<User> {
      const before = await byId(id);
      const losesAdmin = (input.role ?? "admin") !== "admin" || input.active === false;
      if (before.role === "admin" && losesAdmin && !(await queries.otherAdmins(id)))
        throw new AppError("last_admin");
      const site = input.site ?? before.site;
      const team = input.team ?? (input.site === undefined ? undefined : before.team);
      if (team !== undefined) await checkTeam(team, site);
      const { password, site: _, email, ...rest } = input;
      if (password !== undefined) checkPassword(password, { ...before, ...input });
      const change = {
        ...rest,
        ...(email !== undefined && { email: email.toLowerCase() }),
        ...(team !== undefined && { team }),
      };
      await queries.changePerson(id, change, site, config.TIME_ZONE).catch(orEmailTaken);
      if (password !== undefined) await queries.setPassword(id, await hashPassword(password), clock(), null);
      actors.forget(id);
      const after = await byId(id);
      if (sees(before) !== sees(after)) await jobs.forgetOf(id);
      const subject = { kind: "user", id } as const;
      if (Object.keys(change).length > 0 || input.site !== undefined)
        await audit.note(actor, { action: "person_changed", subject });
      if (password !== undefined) await audit.note(actor, { action: "password_set", subject });
      bus.publish({ kind: "agent", agentId: id });
      return after;
    },
  };
}

/** What decides what somebody may see. */
const sees = ({ active, role, team, teams }: User): string => JSON.stringify([active, role, team, teams]);
