import { setImmediate as nextTurn } from "node:timers/promises";
import type { Person, PersonFound } from "#contract";
import { phoneReader } from "../contacts/phones.ts";
import { searchable } from "../db/searchable.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import { blanking } from "./elsewhere/blanking.ts";
import type { ErasedPerson } from "./erased.ts";
import { BATCH, personQueries, type CallOfPerson } from "./queries.ts";

export type Persons = ReturnType<typeof createPersons>;
/** One person on the other side, as contacts and calls know them in all teams. */
export type Identity = {
  contactIds: string[];
  /** E.164. */
  phones: string[];
  /** Without empty ones. */
  names: string[];
};
export type Everything = Identity & { calls: CallOfPerson[] };
type CallAndAgent = CallOfPerson & { agentId: string };
type Known = Pick<Identity, "contactIds" | "phones">;

/** Finds one person everywhere: in all teams, however their phone was written. */
export function createPersons({ store, config }: Pick<Deps, "store" | "config">) {
  const queries = personQueries(store);
  const readPhone = phoneReader(config.COUNTRY);

  /** Whoever has one of their phones is the same person in another team, with all of that one's phones. */
  async function grown(of: Known): Promise<Known> {
    const others = of.phones.length === 0 ? [] : await queries.contactsWith(of.phones);
    const contactIds = [...new Set([...of.contactIds, ...others])];
    const more = contactIds.length === 0 ? [] : await queries.phonesOf(contactIds);
    const phones = [...new Set([...of.phones, ...more])];
    const same = contactIds.length === of.contactIds.length && phones.length === of.phones.length;
    return same ? of : grown({ contactIds, phones });
  }

  /** @throws not_found, invalid */
  async function known({ contactId, phone }: Person): Promise<Known> {
    if (contactId !== undefined) {
      if (!(await queries.contact(contactId))) throw new AppError("not_found");
      return grown({ contactIds: [contactId], phones: [] });
    }
    const read = readPhone(phone ?? "");
    if (read === null)
      throw new AppError("invalid", {
        errors: [
          {
            path: "phone",
            message:
              "not a phone that exists: check the digits, and begin with + and the country if it is abroad",
          },
        ],
      });
    return grown({ contactIds: [], phones: [read] });
  }

  /** Every call is looked at: some were made before their contact, or with a phone that no contact has. */
  async function callsOf(of: Known): Promise<CallAndAgent[]> {
    const [contactIds, phones] = [new Set(of.contactIds), new Set(of.phones)];
    const endings = [...phones].map((phone) => phone.slice(-7));
    const found: CallAndAgent[] = [];
    for (let after = ""; ;) {
      const rows = await queries.callsAfter(after);
      for (const { id, agentId, campaign, contactId, phone } of rows) {
        const digits = phone?.replace(/\D/g, "") ?? "";
        const dialled = endings.some((ending) => digits.endsWith(ending)) ? readPhone(phone ?? "") : null;
        if ((contactId !== null && contactIds.has(contactId)) || (dialled !== null && phones.has(dialled)))
          found.push({ id, agentId, campaign });
      }
      const last = rows.at(-1);
      if (!last) return found;
      after = last.id;
      // a promise alone would go on within the same turn of the event loop
      await nextTurn();
    }
  }

  /** @throws not_found where there is nothing of such a person, invalid for what is no phone */
  async function find(person: Person): Promise<Everything> {
    const { contactIds, phones } = await known(person);
    const calls = await callsOf({ contactIds, phones });
    if (contactIds.length === 0 && calls.length === 0) throw new AppError("not_found");
    const names = new Set<string>();
    for (const { contact } of contactIds.length === 0 ? [] : await queries.contacts(contactIds))
      names.add(contact.name);
    for (const ids of batches(calls))
      for (const { call } of await queries.calls(ids)) names.add(call.contactName ?? "");
    names.delete("");
    return { contactIds, phones, names: [...names], calls };
  }

  return {
    callsOf,
    find,

    /** What this database has of somebody who was erased, by the ids that went; null where it has nothing. */
    async remaining({ contacts, calls: ids }: Omit<ErasedPerson, "job">): Promise<Everything | null> {
      const known = contacts.length === 0 ? [] : await queries.contacts(contacts);
      const contactIds = known.map(({ contact }) => contact.id);
      const names = new Set(known.map(({ contact }) => contact.name));
      const phones = new Set(contactIds.length === 0 ? [] : await queries.phonesOf(contactIds));
      const calls: CallOfPerson[] = [];
      for (const batch of batches(ids.map((id) => ({ id, campaign: null }))))
        for (const { id, campaign, name, phone } of await queries.unerased(batch)) {
          calls.push({ id, campaign });
          names.add(name ?? "");
          phones.add(readPhone(phone ?? "") ?? "");
        }
      if (contactIds.length === 0 && calls.length === 0) return null;
      for (const some of [names, phones]) some.delete("");
      return { contactIds, phones: [...phones], names: [...names], calls };
    },

    /** How much there is of them, and what stands against erasing it. @throws not_found, invalid */
    async preview(person: Person): Promise<PersonFound> {
      const { contactIds, calls } = await find(person);
      const found = {
        contacts: contactIds.length,
        calls: calls.length,
        recordings: 0,
        seconds: 0,
        transcriptLines: 0,
        marks: 0,
        clips: 0,
        held: [] as PersonFound["held"],
      };
      for (const ids of batches(calls)) {
        const counts = await queries.counts(ids);
        found.recordings += counts.recordings;
        found.seconds += counts.seconds;
        found.transcriptLines += counts.transcriptLines;
        found.marks += counts.marks;
        found.clips += counts.clips;
        for (const { callId, startedAt, why } of await queries.held(ids))
          found.held.push({ callId, startedAt: startedAt.toISOString(), why });
      }
      return { ...found, seconds: Math.round(found.seconds) };
    },
  };
}

/** Ids of calls in pieces that one question takes. */
export function* batches(calls: CallOfPerson[]): Generator<string[]> {
  for (let at = 0; at < calls.length; at += BATCH) yield calls.slice(at, at + BATCH).map(({ id }) => id);
}

/** Whether a saved text is about the person: it has a name, or seven or more digits of a phone in a row. */
export function mentions({ names, phones, contactIds }: Identity): (saved: unknown) => boolean {
  const words = names.map(searchable).filter((name) => name.length >= 3);
  const blank = blanking({ names, phones });
  const endings = phones.map((phone) => phone.slice(-7));
  return (saved) => {
    const text = JSON.stringify(saved);
    const plain = searchable(text);
    const digits = text.replace(/\D/g, "");
    return (
      contactIds.some((id) => text.includes(id)) ||
      words.some((word) => plain.includes(word)) ||
      blank(text) !== text ||
      endings.some((ending) => digits.includes(ending))
    );
  };
}
