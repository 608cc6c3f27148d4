import type { z } from "zod";
import type { contactChange, contactFilter, contactInput, Contact, KnownContact, Page } from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { Scope } from "../auth/scope.ts";
import { inTurn } from "../db/in-turn.ts";
import { Bounded } from "../db/remember.ts";
import { searchable } from "../db/searchable.ts";
import type { Write } from "../db/store.ts";
import { isUniqueViolation } from "../db/violations.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { phoneReader, type ReadPhone } from "./phones.ts";
import { contactQueries, type ContactRow, type KnownCaller } from "./queries.ts";

export type Contacts = ReturnType<typeof createContacts>;

/** Of so many callers of a team it is remembered who they are. */
const MOST_CALLERS = 10_000;

/**
 * Who a call is with: `doNotRecord` as the contact says it, what has to be written with the call, and the contact where
 * this is only remembered: whoever writes the call makes sure that it still is so.
 */
export type Caller = {
  phone: string | null;
  name: string | null;
  doNotRecord: boolean;
  writes: Write[];
  known?: KnownCaller;
};
type ContactDeps = Pick<Deps, "store" | "clock" | "newId" | "config">;

/** The name and the phones' digits, as they are searched. */
export const searchTextOf = (name: string, phones: string[]): string =>
  searchable(`${name} ${phones.map((phone) => phone.slice(1)).join(" ")}`);

/** Whose contacts somebody sees: an agent those of the own team, a supervisor of theirs, others all. */
export function contactScope(actor: Actor): Scope {
  const office = actor.role === "executive" || actor.role === "admin";
  if (actor.kind === "key" || (actor.kind === "browser" && office)) return { by: "all" };
  const teams = actor.kind === "browser" && actor.role === "supervisor" ? actor.teamIds : [actor.teamId];
  return { by: "teams", ids: teams };
}

/** People on the other side, each of one team; found by phone when a call begins. */
export function createContacts({ store, clock, newId, config }: ContactDeps, audit: Audit) {
  const queries = contactQueries(store);
  const readPhone = phoneReader(config.COUNTRY);
  const changing = inTurn();
  /** As they were when they last called: by team, then by phone, since to make one key of both costs more than both. */
  const callers = new Map<string, Bounded<KnownCaller>>();
  function keep(teamId: string, phone: string, caller: KnownCaller): void {
    const ofTeam = callers.get(teamId) ?? new Bounded<KnownCaller>(MOST_CALLERS);
    callers.set(teamId, ofTeam.set(phone, caller));
  }

  async function found(scope: Scope, id: string): Promise<ContactRow> {
    const row = await queries.byId(scope, id);
    if (!row) throw new AppError("not_found");
    return row;
  }
  const get = async (actor: Actor, id: string): Promise<KnownContact> =>
    toContact(await found(contactScope(actor), id));

  const changed = (actor: Actor, id: string) =>
    audit.note(actor, { action: "contact_changed", subject: { kind: "contact", id } });

  async function refuseTaken(teamId: string, id: string, phones: string[]): Promise<never> {
    const others = (await queries.holders(teamId, phones)).filter(({ contact }) => contact.id !== id);
    const taken = new Set(others.flatMap((other) => other.phones));
    const errors = phones.flatMap((phone, i) =>
      taken.has(phone)
        ? [{ path: `phones.${i}`, message: "another contact of the team has this phone" }]
        : [],
    );
    throw new AppError("phone_taken", { errors });
  }

  /** A change alone with its contact, so that what is searched is made of what is stored. */
  async function changeAlone(actor: Actor, id: string, input: z.output<typeof contactChange>): Promise<void> {
    const before = await found(contactScope(actor), id);
    const { teamId } = before.contact;
    const phones = input.phones && readPhones(input.phones, readPhone);
    const { name = before.contact.name, notes = before.contact.notes, doNotRecord } = input;
    const asked = doNotRecord !== undefined && doNotRecord !== before.contact.doNotRecord;
    const refusal = asked && { doNotRecord, doNotRecordBy: actor.userId, doNotRecordAt: clock() };
    const searchText = searchTextOf(name, phones ?? before.phones);
    const edit = { name, notes, searchText, updatedAt: clock(), ...(phones && { phones }), ...refusal };
    await queries.change(teamId, id, edit).catch((error: unknown) => {
      if (isUniqueViolation(error)) return refuseTaken(teamId, id, phones ?? []);
      throw error;
    });
    if (asked) await audit.note(actor, { action: "do_not_record_set", subject: { kind: "contact", id } });
  }

  return {
    get,

    /** By name; `q` finds words of names without their accents, and phones by three digits or more. */
    async list(
      actor: Actor,
      { q, after, limit }: z.output<typeof contactFilter>,
    ): Promise<Page<KnownContact>> {
      const scope = contactScope(actor);
      const last = after === undefined ? null : await queries.byId(scope, after);
      const rows = await queries.page(scope, searchWords(q ?? ""), last && last.contact, limit);
      return {
        items: rows.map(toContact),
        next: rows.length === limit ? (rows.at(-1)?.contact.id ?? null) : null,
      };
    },

    /** Adds one to the actor's team; sending it again changes nothing. @throws id_taken, phone_taken, invalid */
    async add(actor: Actor, input: z.output<typeof contactInput>): Promise<KnownContact> {
      const { id, name, notes } = input;
      const phones = readPhones(input.phones, readPhone);
      const { teamId, siteId } = actor;
      const now = clock();
      const searchText = searchTextOf(name, phones);
      const dates = { createdAt: now, updatedAt: now };
      try {
        await queries.add({ id, teamId, siteId, name, notes, searchText, ...dates, phones });
        await changed(actor, id);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        const known = await queries.byId({ by: "all" }, id);
        if (!known) await refuseTaken(teamId, id, phones);
        const same =
          known &&
          JSON.stringify([known.contact.teamId, known.contact.name, known.contact.notes, known.phones]);
        if (same !== JSON.stringify([teamId, name, notes, phones])) throw new AppError("id_taken");
      }
      return toContact(await found({ by: "all" }, id));
    },

    /** Changes what is given and leaves the rest. @throws not_found, phone_taken, invalid */
    async change(actor: Actor, id: string, input: z.output<typeof contactChange>): Promise<KnownContact> {
      await changing(id, () => changeAlone(actor, id, input));
      await changed(actor, id);
      return get(actor, id);
    },

    /** Who calls is asked of the database again: somebody's name and phone are to be nowhere any more. */
    forgetCallers: (): void => callers.clear(),
    /** What `caller` would say without asking the database; null where it would have to. */
    remembered({ teamId }: Actor, { name, phone: dialled }: Contact): Caller | null {
      const phone = dialled ? readPhone(dialled) : null;
      const known = phone === null ? undefined : callers.get(teamId)?.get(phone);
      if (!known || (known.name === "" && name !== undefined)) return null;
      return { phone, name: name ?? (known.name || null), doNotRecord: known.doNotRecord, writes: [], known };
    },

    /**
     * Who it is that calls or is called: the contact's phone (null where it is none), the name if it is known, and
     * what has to be written with the call. An unknown phone makes a contact by itself.
     */
    async caller({ teamId, siteId }: Actor, { name, phone: dialled }: Contact, at: Date): Promise<Caller> {
      const phone = dialled ? readPhone(dialled) : null;
      if (phone === null) return { phone, name: name ?? null, doNotRecord: false, writes: [] };
      const known = await queries.caller(teamId, phone);
      if (known) {
        keep(teamId, phone, known);
        const unnamed = known.name === "" && name !== undefined;
        const writes = unnamed
          ? queries.naming(known.id, name, searchable(`${name} ${known.searchText}`))
          : [];
        return { phone, name: name ?? (known.name || null), doNotRecord: known.doNotRecord, writes };
      }
      const searchText = searchTextOf(name ?? "", [phone]);
      const first = { id: newId(), teamId, siteId, name: name ?? "", searchText, at };
      const writes = queries.firstCalling(phone, first);
      return { phone, name: name ?? null, doNotRecord: false, writes };
    },
  };
}

/** @throws invalid at the place of each that is none */
function readPhones(typed: string[], read: ReadPhone): string[] {
  const phones = typed.map(read);
  const errors = phones.flatMap((phone, i) =>
    phone === null
      ? [
          {
            path: `phones.${i}`,
            message:
              "not a phone that exists: check the digits, and begin with + and the country if it is abroad",
          },
        ]
      : [],
  );
  if (errors.length > 0) throw new AppError("invalid", { errors });
  return [...new Set(phones.filter((phone) => phone !== null))];
}

/** Words of a name, or the digits of a phone however it is written. */
function searchWords(q: string): string[] {
  const digits = q.replace(/\D/g, "").replace(/^00/, "");
  if (digits.length >= 3 && !/\p{L}/u.test(q)) return [digits];
  return searchable(q)
    .replace(/[%_\\\p{Cc}]/gu, " ")
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, 8);
}

export const toContact = ({ contact, team, phones }: ContactRow): KnownContact => ({
  id: contact.id,
  name: contact.name,
  phones,
  notes: contact.notes,
  team,
  createdAt: contact.createdAt.toISOString(),
  updatedAt: contact.updatedAt.toISOString(),
  lastCallAt: contact.lastCallAt?.toISOString() ?? null,
  doNotRecord: contact.doNotRecord,
});
