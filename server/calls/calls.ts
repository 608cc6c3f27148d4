import { hash } from "node:crypto";
import type { z } from "zod";
import type {
  Call,
  callChange,
  callEnd,
  callFilter,
  callStart,
  captureInput,
  Correction,
  Page,
} from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { NotRecorded } from "../consent/not-recorded.ts";
import type { Caller, Contacts } from "../contacts/contacts.ts";
import { scopeOf, type Scope } from "../auth/scope.ts";
import type { CallSpan } from "../db/call-span.ts";
import { inTurn } from "../db/in-turn.ts";
import { searchable } from "../db/searchable.ts";
import { addDays, startOfDay } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import { outcomeOf, type Dispositions, type Named } from "../dispositions/dispositions.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { Time } from "../time/time.ts";
import { correctionOf, editOf } from "./change.ts";
import { callQueries, type CallEdit, type CallRow, type CountedSpan } from "./queries.ts";

export type Calls = ReturnType<typeof createCalls>;

/** A clock that is off by less than this is on time: the difference is the way over the network. */
const CLOCK_TOLERANCE_MS = 2_000;

const MOST_CALLBACKS = 200;

type CallRooms = {
  contacts: Contacts;
  dispositions: Dispositions;
  notRecorded: NotRecorded;
  time: Time;
  audit: Pick<Audit, "note">;
};

/** Calls: they begin, end, get a disposition, and are listed. */
export function createCalls(
  { store, clock, bus, newId }: Deps,
  { contacts, dispositions, notRecorded, time, audit }: CallRooms,
) {
  const queries = callQueries(store);
  const changing = inTurn();

  async function found(scope: Scope, id: string): Promise<CallRow> {
    // the call after it may have ended its wrap-up a moment ago
    await time.settled();
    const row = await queries.byId(scope, id);
    if (!row) throw new AppError("not_found");
    return row;
  }

  const shown = async (rows: CallRow[]): Promise<Call[]> => {
    const named = await dispositions.named();
    return rows.map((row) => toCall(row, named));
  };
  const one = async (scope: Scope, id: string): Promise<Call> =>
    toCall(await found(scope, id), await dispositions.named());

  /** The end of a wrap-up decides when its call counts. */
  async function counted(call: CallRow["call"], edit: CallEdit): Promise<CallEdit> {
    const { wrapUpEndedAt: end } = edit;
    if (!end || !call.endedAt) return edit;
    return {
      ...edit,
      ...(await time.wrapUpEnding(call.siteId, call.endedAt, end, edit.wrapUpEndedBy ?? "agent")),
    };
  }

  /** One change of a call, alone with it: what is compared is what is then overwritten. */
  async function changeAlone(actor: Actor, id: string, input: z.output<typeof callChange>): Promise<void> {
    const { call } = await found(scopeOf(actor), id);
    const correcting = call.agentId !== actor.userId;
    // an executive reads the figures and does not make them
    if (correcting && actor.role === "executive") throw new AppError("forbidden");
    if (correcting && input.why === undefined)
      throw new AppError("invalid", {
        errors: [{ path: "why", message: "say why you correct another person's call" }],
      });
    const { items } = await dispositions.list(call.campaign);
    const outcome = items.find(({ code }) => code === input.disposition);
    const at = clock();
    const edit = editOf(call, input, { now: at, correcting, outcome });
    const what = correcting ? correctionOf(call, edit) : null;
    const note = what && {
      ...what,
      id: newId(),
      agentId: call.agentId,
      why: input.why ?? "",
      by: actor.userId,
      at,
    };
    await queries.edit(id, await counted(call, edit), note ?? undefined);
    if (note) await audit.note(actor, { action: "call_corrected", subject: { kind: "call", id } });
    if (edit.wrapUpEndedAt && call.endedAt) await time.happened(call.agentId, call.endedAt);
    bus.publish({ kind: "call", agentId: call.agentId, callId: id });
  }

  return {
    /**
     * A call has begun. Safe on the disk when it resolves; sending it again changes nothing.
     * @returns whether it is new, and whether it may be recorded
     * @throws id_taken for another body under the same id
     */
    async start(
      actor: Actor,
      input: z.output<typeof callStart>,
    ): Promise<{ added: boolean; record: boolean }> {
      const { sentAt, contact, ...rest } = input;
      const startDigest = digest({ ...rest, contact });
      const receivedAt = clock();
      const clockOffsetMs = sentAt === undefined ? 0 : offset(receivedAt, new Date(sentAt));
      const startedAt = shifted(input.startedAt, clockOffsetMs);
      const unrecorded = input.campaign !== undefined && (await notRecorded.campaign(input.campaign));
      const rowOf = ({ name, phone, doNotRecord }: Caller) => ({
        id: input.id,
        agentId: actor.userId,
        teamId: actor.teamId,
        siteId: actor.siteId,
        startedAt,
        receivedAt,
        clockOffsetMs,
        startDigest,
        direction: input.direction,
        source: input.source,
        knownBy: phone,
        contactName: name,
        contactPhone: contact.phone ?? null,
        campaign: input.campaign ?? null,
        externalId: input.externalId ?? null,
        searchText: searchable(`${name ?? ""} ${digits(contact.phone)} ${input.campaign ?? ""}`),
        mayRecord: !doNotRecord && !unrecorded,
      });
      const begin = async (caller: Caller) => {
        const row = rowOf(caller);
        const added = await (caller.known
          ? queries.addOfKnown(row, caller.known)
          : queries.add(row, caller.writes));
        return { added, record: row.mayRecord };
      };
      const remembered = contacts.remembered(actor, contact);
      const first = remembered && (await begin(remembered));
      const begun = first?.added ? first : await begin(await contacts.caller(actor, contact, startedAt));
      if (begun.added) {
        time.began(actor.userId, startedAt);
        bus.publish({ kind: "call", agentId: actor.userId, callId: input.id, began: true });
        return begun;
      }
      const known = await queries.digests(input.id);
      if (known?.agentId !== actor.userId || known.startDigest !== startDigest)
        throw new AppError("id_taken");
      return { added: false, record: known.mayRecord };
    },

    /** The call has ended. Sending it again changes nothing. @throws not_found, id_taken */
    async end(actor: Actor, input: z.output<typeof callEnd>): Promise<Call> {
      const known = await queries.digests(input.id);
      if (known?.agentId !== actor.userId) throw new AppError("not_found");
      const endDigest = digest(input);
      const endedAt = shifted(input.endedAt, known.clockOffsetMs);
      if (endedAt < known.startedAt)
        throw new AppError("invalid", { errors: [{ path: "endedAt", message: "before startedAt" }] });
      const ended = await queries.end(input.id, {
        endDigest,
        answeredAt: input.answeredAt === undefined ? null : shifted(input.answeredAt, known.clockOffsetMs),
        endedAt,
        ...(await time.placeAt(known.siteId, endedAt)),
        talkSeconds: input.talkSeconds,
        holdSeconds: input.holdSeconds ?? null,
        outcome: input.outcome,
      });
      if (ended) {
        await time.happened(actor.userId, endedAt);
        bus.publish({ kind: "call", agentId: actor.userId, callId: input.id, ended: true });
      } else if ((await queries.digests(input.id))?.endDigest !== endDigest) throw new AppError("id_taken");
      return one({ by: "agent", id: actor.userId }, input.id);
    },

    /** What the call's PC tells of its recording. @throws not_found */
    async capture(actor: Actor, { callId, agent, customer }: z.output<typeof captureInput>): Promise<void> {
      const known = await queries.digests(callId);
      if (known?.agentId !== actor.userId) throw new AppError("not_found");
      await queries.capture(callId, agent, customer, clock());
      bus.publish({ kind: "call", agentId: actor.userId, callId });
    },

    /**
     * Disposition, amount, notes, callback, end of the wrap-up. Who changes another person's call corrects it: that
     * needs a reason, and what was there before is kept. @throws not_found, forbidden, invalid, call_in_progress
     */
    async change(actor: Actor, id: string, input: z.output<typeof callChange>): Promise<Call> {
      await changing(id, () => changeAlone(actor, id, input));
      return one(scopeOf(actor), id);
    },

    /** What was corrected of a call, in order. @throws not_found */
    async corrections(actor: Actor, id: string): Promise<Correction[]> {
      await found(scopeOf(actor), id);
      return (await queries.corrections(id)).map(({ correction: { agentId: _, ...rest }, byName }) => ({
        ...rest,
        by: byName ?? rest.by,
        at: rest.at.toISOString(),
      }));
    },

    /** Customers to call back, the most overdue first; those of the last 90 days and of the future. */
    callbacks: async (actor: Actor): Promise<Call[]> =>
      shown(await queries.callbacks(scopeOf(actor), clock(), MOST_CALLBACKS)),

    get: (actor: Actor, id: string): Promise<Call> => one(scopeOf(actor), id),

    /** For another room: the call if the actor may see it. @throws not_found */
    visible: (scope: Scope, id: string): Promise<Call> => one(scope, id),

    /** Newest first. Days are those of `timeZone`. */
    async list(actor: Actor, filter: z.output<typeof callFilter>, timeZone: string): Promise<Page<Call>> {
      await time.settled();
      const after = filter.after === undefined ? null : await queries.byId(scopeOf(actor), filter.after);
      const cursor = after && { startedAt: after.call.startedAt, id: after.call.id };
      const rows = await queries.page(scopeOf(actor), spanOf(filter, timeZone), cursor, filter.limit);
      const items = await shown(rows);
      return { items, next: items.length === filter.limit ? (items.at(-1)?.id ?? null) : null };
    },

    /** The calls that a number counts, in the order in which they were counted, newest first; in pages. */
    async counted(span: CountedSpan, after: string | undefined, limit: number): Promise<Page<Call>> {
      await time.settled();
      const row = after === undefined ? null : await queries.byId(span.scope, after);
      const cursor = row?.call.countedAt ? { countedAt: row.call.countedAt, id: row.call.id } : null;
      const items = await shown(await queries.counted(span, cursor, limit));
      return { items, next: items.length === limit ? (items.at(-1)?.id ?? null) : null };
    },

    /** Calls in progress, newest first. */
    open: async (scope: Scope): Promise<Call[]> => shown(await queries.open(scope)),
    /** The newest calls since an instant. */
    recent: async (scope: Scope, from: Date, limit: number): Promise<Call[]> =>
      shown(await queries.recent(scope, from, limit)),
  };
}

function spanOf(filter: Partial<z.output<typeof callFilter>>, timeZone: string): CallSpan {
  return {
    from: filter.from === undefined ? undefined : startOfDay(filter.from, timeZone),
    to: filter.to === undefined ? undefined : startOfDay(addDays(filter.to, 1), timeZone),
    agent: filter.agent,
    disposition: filter.disposition,
    campaign: filter.campaign,
    contactId: filter.contactId,
  };
}

const digest = (body: unknown): string => hash("sha256", JSON.stringify(body));
const shifted = (instant: string, ms: number): Date => new Date(Date.parse(instant) + ms);
const digits = (phone: string | undefined): string => (phone ?? "").replace(/\D/g, "");

function offset(received: Date, sent: Date): number {
  const ms = received.getTime() - sent.getTime();
  return Math.abs(ms) < CLOCK_TOLERANCE_MS ? 0 : ms;
}

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;

function toCall({ call, agentName, recordedId, corrected }: CallRow, named: Named): Call {
  return {
    id: call.id,
    agentId: call.agentId,
    agentName,
    startedAt: call.startedAt.toISOString(),
    answeredAt: iso(call.answeredAt),
    endedAt: iso(call.endedAt),
    direction: call.direction,
    source: call.source,
    contact: { name: call.contactName, phone: call.contactPhone },
    campaign: call.campaign,
    externalId: call.externalId,
    outcome: call.outcome,
    talkSeconds: call.talkSeconds,
    holdSeconds: call.holdSeconds,
    disposition: call.disposition,
    ...outcomeOf(call, named),
    saleAmount: call.saleAmount,
    notes: call.notes,
    callbackAt: iso(call.callbackAt),
    callbackDoneAt: iso(call.callbackDoneAt),
    wrapUpEndedAt: iso(call.wrapUpEndedAt),
    wrapUpEndedBy: call.wrapUpEndedBy,
    wrapUpSeconds: call.wrapUpSeconds,
    contactId: call.contactId,
    aiAsks: call.aiAsks,
    recorded: recordedId !== null,
    capture:
      call.captureAgent && call.captureCustomer
        ? { agent: call.captureAgent, customer: call.captureCustomer }
        : null,
    corrected,
    mayRecord: call.mayRecord,
    consent: { state: call.consent, wording: call.consentWording, atMs: call.consentAtMs },
  };
}
