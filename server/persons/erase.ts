import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { CorrectedValues, Job, Person } from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { Contacts } from "../contacts/contacts.ts";
import { searchable } from "../db/searchable.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { Jobs, Run } from "../jobs/jobs.ts";
import type { Clips } from "../library/clips/clips.ts";
import type { Library } from "../library/library.ts";
import type { Arriving } from "../recordings/arriving.ts";
import type { Keeping } from "../retention/keeping.ts";
import { createElsewhere } from "./elsewhere/elsewhere.ts";
import { erasedList, type ErasedPerson } from "./erased.ts";
import { batches, mentions, type Everything, type Identity, type Persons } from "./persons.ts";
import { personQueries, type CallOfPerson } from "./queries.ts";

export type Erasure = ReturnType<typeof createErasure>;

/** Some of a person's contacts and calls, by their ids. */
type Part = Omit<ErasedPerson, "job">;
type Rooms = {
  audit: Audit;
  clips: Clips;
  contacts: Pick<Contacts, "forgetCallers">;
  jobs: Jobs;
  keeping: Keeping;
  library: Pick<Library, "reword">;
  persons: Persons;
  recordings: Pick<Arriving, "arrived">;
};

const identity = z.object({
  contactIds: z.array(z.string()),
  phones: z.array(z.string()),
  names: z.array(z.string()),
});

/** Fields of a call's correction that are about the agent's work, not about the customer. */
const KEPT = new Set(["disposition", "saleAmount", "wrapUpEndedAt"]);
const kept = (values: CorrectedValues): CorrectedValues =>
  Object.fromEntries(Object.entries(values).filter(([field]) => KEPT.has(field)));

/** A reader, such as a backup of gigabytes, is waited for so long. */
const PURGE_TRIES = 6_000;
const PURGE_WAIT_MS = 100;

/**
 * Removes one person from everywhere: sound, words, contact, notes, waiting exports. Calls stay with their figures, without
 * anybody on the other side. Each step can be repeated, so that a server that stops in the middle goes on where it was.
 */
export function createErasure(
  { store, recordings: audio, bus, config, log }: Deps,
  { audit, clips, contacts, jobs, keeping, library, persons, recordings }: Rooms,
) {
  const queries = personQueries(store);
  const elsewhere = createElsewhere(store, library);
  const list = erasedList(config.DATA_FOLDER);

  async function heldOf(calls: CallOfPerson[]): Promise<string[]> {
    const held: string[] = [];
    for (const ids of batches(calls)) for (const { callId } of await queries.held(ids)) held.push(callId);
    return held;
  }

  /** @throws recordings_held with each of them */
  async function requireFree(calls: CallOfPerson[]): Promise<void> {
    const errors = (await heldOf(calls)).map((callId) => ({ path: callId, message: "held" }));
    if (errors.length > 0) throw new AppError("recordings_held", { errors: errors.slice(0, 100) });
  }

  /** Sound first, then what tells where it was: a crash in between leaves rows that lead here again. */
  async function eraseSound(actor: Actor | null, ids: string[]): Promise<void> {
    await queries.refuse(ids);
    await recordings.arrived(ids);
    for (const { callId } of await queries.recordings(ids)) await keeping.erase(actor, callId);
    // of recordings that went before, examples may still be there
    await clips.forget(ids);
    await Promise.all(ids.map((id) => audio.dropParts(id)));
    await queries.forgetParts(ids);
  }

  async function eraseCalls(calls: CallOfPerson[], ids: string[]): Promise<void> {
    const campaigns = new Map(calls.map(({ id, campaign }) => [id, campaign]));
    const corrections = await queries.corrections(ids);
    await queries.forgetCalls(
      ids.map((id) => ({ id, searchText: searchable(campaigns.get(id) ?? "") })),
      corrections.map(({ id, before, after }) => ({ id, before: kept(before), after: kept(after) })),
    );
  }

  async function eraseFilters(of: Identity): Promise<void> {
    const about = mentions(of);
    const [filters, schedules] = await Promise.all([queries.filters(), queries.schedules()]);
    await queries.forgetFilters(
      filters.filter(({ name, filter }) => about([name, filter])).map(({ id }) => id),
      schedules.filter(({ name, input }) => about([name, input])).map(({ id }) => id),
    );
  }

  /** A reader may hold the database back for a moment. */
  async function purge(signal?: AbortSignal): Promise<void> {
    for (let tries = PURGE_TRIES; !(await store.purge()); tries--) {
      if (tries === 0) throw new Error("somebody reads the database: it cannot be purged");
      await wait(PURGE_WAIT_MS, undefined, { ...(signal && { signal }) });
    }
  }

  /** Everything of them; `before` is told of each part before it goes. */
  async function eraseAll(
    actor: Actor | null,
    { calls, ...of }: Everything,
    before: (part: Part) => Promise<void> = async () => undefined,
  ): Promise<void> {
    for (const ids of batches(calls)) {
      await before({ contacts: [], calls: ids });
      await eraseSound(actor, ids);
      await eraseCalls(calls, ids);
    }
    await before({ contacts: of.contactIds, calls: [] });
    await eraseFilters(of);
    if (of.contactIds.length > 0) await queries.forgetContacts(of.contactIds);
    await elsewhere.blank(of);
    contacts.forgetCallers();
    for (const contactId of of.contactIds)
      await audit.note(actor, { action: "person_erased", subject: { kind: "contact", id: contactId } });
    if (of.contactIds.length === 0) await audit.note(actor, { action: "person_erased" });
  }

  async function run({ id, actor, input, signal, progress }: Run): Promise<null> {
    if (actor.role !== "admin") throw new AppError("forbidden");
    const { data: of } = identity.safeParse(input);
    // it had come so far when the server stopped
    if (!of) {
      await purge(signal);
      return null;
    }
    const calls = await persons.callsOf(of);
    await requireFree(calls);
    const total = calls.length + 1;
    let done = 0;
    progress(done, total);
    // first, so that nothing that runs now writes the person down again
    await jobs.discard();
    await eraseAll(actor, { ...of, calls }, async (part) => {
      signal.throwIfAborted();
      progress(done, total);
      await list.add({ job: id, ...part });
      done += part.calls.length;
    });
    // once more: what began meanwhile may have read what was still there
    await jobs.discard();
    for (const { id: callId, agentId } of calls) bus.publish({ kind: "call", agentId, callId });
    await jobs.forgetInput(id);
    await purge(signal);
    progress(total, total);
    return null;
  }
  jobs.handle("erasure", run);

  /**
   * Erases once more whom an older database has brought back; whoever has a recording that is held in it stays.
   * @returns how many went, and how many stay
   */
  async function again(): Promise<{ erased: number; held: number }> {
    const told = { erased: 0, held: 0 };
    for (const person of await list.all()) {
      // one that a server left in the middle ends by itself
      const found = (await jobs.goesOn(person.job)) ? null : await persons.remaining(person);
      if (!found) continue;
      if ((await heldOf(found.calls)).length > 0) {
        told.held += 1;
        continue;
      }
      // what waits in that database may be about them
      if (told.erased === 0) await jobs.discard();
      await eraseAll(null, found);
      told.erased += 1;
    }
    if (told.erased > 0) await purge();
    return told;
  }

  return {
    again,
    /** Before anybody reads: a database may have been put back by hand. */
    async start(): Promise<void> {
      await again().catch((cause: unknown) => log.error("erased persons not looked for", {}, cause));
    },

    /** Begins to erase a person. @throws not_found, invalid, recordings_held */
    async erase(actor: Actor, person: Person): Promise<Job> {
      const { calls, ...of } = await persons.find(person);
      await requireFree(calls);
      return jobs.add(actor, "erasure", of);
    },
  };
}
