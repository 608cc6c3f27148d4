import { createHash } from "node:crypto";
import type { z } from "zod";
import type {
  Call,
  callChange,
  callEnd,
  callFilter,
  callStart,
  captureInput,
  DispositionKind,
  Outcome,
  Page,
} from "#contract";
import { scopeOf, type Scope } from "../auth/scope.ts";
import { addDays, startOfDay } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { Time } from "../time/time.ts";
import { callQueries, type CallRow, type CallSpan, type CountedSpan } from "./queries.ts";
import { wrapUpEnd } from "./wrap-up.ts";

export type Calls = ReturnType<typeof createCalls>;

/** A clock that is off by less than this is on time: the difference is the way over the network. */
const CLOCK_TOLERANCE_MS = 2_000;

/** Calls: they begin, end, get a disposition, and are listed. */
export function createCalls({ store, clock, bus }: Deps, time: Time) {
  const queries = callQueries(store);

  async function one(scope: Scope, id: string): Promise<Call> {
    return toCall((await queries.byId(scope, id)) ?? notFound());
  }

  return {
    /**
     * A call has begun. Safe on the disk when it resolves; sending it again changes nothing.
     * @returns whether it is new
     * @throws id_taken for another body under the same id
     */
    async start(actor: Actor, input: z.output<typeof callStart>): Promise<boolean> {
      const { sentAt, contact, ...rest } = input;
      const startDigest = digest({ ...rest, contact });
      const receivedAt = clock();
      const clockOffsetMs = sentAt === undefined ? 0 : offset(receivedAt, new Date(sentAt));
      const startedAt = shifted(input.startedAt, clockOffsetMs);
      const added = await queries.add({
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
        contactName: contact.name ?? null,
        contactPhone: contact.phone ?? null,
        campaign: input.campaign ?? null,
        externalId: input.externalId ?? null,
        searchText: searchable(`${contact.name ?? ""} ${digits(contact.phone)} ${input.campaign ?? ""}`),
      });
      if (added) {
        await time.happened(actor.userId, startedAt);
        bus.publish({ kind: "call", agentId: actor.userId, callId: input.id });
        return true;
      }
      const known = await queries.digests(input.id);
      if (known?.agentId !== actor.userId || known.startDigest !== startDigest)
        throw new AppError("id_taken");
      return false;
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

    /** Disposition, amount, notes, callback, end of the wrap-up. @throws not_found, call_in_progress */
    async change(actor: Actor, id: string, input: z.output<typeof callChange>): Promise<Call> {
      const scope = scopeOf(actor);
      const { call } = (await queries.byId(scope, id)) ?? notFound();
      if (input.wrapUpEndedAt !== undefined && call.endedAt === null) throw new AppError("call_in_progress");
      const { callbackAt, wrapUpEndedAt: _, callbackDone: __, why: ___, ...rest } = input;
      const wrapUp = await wrapUpEnd(call, input, time, clock());
      await queries.edit(id, {
        ...defined(rest),
        ...(rest.disposition !== undefined && countsAs(rest.disposition, call.outcome)),
        ...(callbackAt !== undefined && { callbackAt: callbackAt === null ? null : new Date(callbackAt) }),
        ...wrapUp,
      });
      if (wrapUp && call.endedAt) await time.happened(call.agentId, call.endedAt);
      bus.publish({ kind: "call", agentId: call.agentId, callId: id });
      return one(scope, id);
    },

    get: (actor: Actor, id: string): Promise<Call> => one(scopeOf(actor), id),

    /** For another room: the call if the actor may see it. @throws not_found */
    visible: (scope: Scope, id: string): Promise<Call> => one(scope, id),

    /** Newest first. Days are those of `timeZone`. */
    async list(actor: Actor, filter: z.output<typeof callFilter>, timeZone: string): Promise<Page<Call>> {
      const after = filter.after === undefined ? null : await queries.byId(scopeOf(actor), filter.after);
      const cursor = after && { startedAt: after.call.startedAt, id: after.call.id };
      const rows = await queries.page(scopeOf(actor), spanOf(filter, timeZone), cursor, filter.limit);
      const items = rows.map(toCall);
      return { items, next: items.length === filter.limit ? (items.at(-1)?.id ?? null) : null };
    },

    /** Every call that the filter names, in pages, for an export. */
    async *all(
      actor: Actor,
      filter: Omit<z.output<typeof callFilter>, "limit">,
      timeZone: string,
    ): AsyncGenerator<Call> {
      let cursor: { startedAt: Date; id: string } | null = null;
      for (;;) {
        const rows: CallRow[] = await queries.page(scopeOf(actor), spanOf(filter, timeZone), cursor, 1000);
        yield* rows.map(toCall);
        const last = rows.at(-1);
        if (!last || rows.length < 1000) return;
        cursor = { startedAt: last.call.startedAt, id: last.call.id };
      }
    },

    /** The calls that a number counts, in the order in which they were counted, newest first; in pages. */
    async counted(span: CountedSpan, after: string | undefined, limit: number): Promise<Page<Call>> {
      const row = after === undefined ? null : await queries.byId(span.scope, after);
      const cursor = row?.call.countedAt ? { countedAt: row.call.countedAt, id: row.call.id } : null;
      const items = (await queries.counted(span, cursor, limit)).map(toCall);
      return { items, next: items.length === limit ? (items.at(-1)?.id ?? null) : null };
    },

    /** Calls in progress, newest first. */
    open: async (scope: Scope): Promise<Call[]> => (await queries.open(scope)).map(toCall),
    /** The newest calls since an instant. */
    recent: async (scope: Scope, from: Date, limit: number): Promise<Call[]> =>
      (await queries.page(scope, { from }, null, limit)).map(toCall),
  };
}

const notFound = (): never => {
  throw new AppError("not_found");
};

function spanOf(filter: Partial<z.output<typeof callFilter>>, timeZone: string): CallSpan {
  return {
    from: filter.from === undefined ? undefined : startOfDay(filter.from, timeZone),
    to: filter.to === undefined ? undefined : startOfDay(addDays(filter.to, 1), timeZone),
    agent: filter.agent,
    disposition: filter.disposition,
  };
}

const digest = (body: unknown): string => createHash("sha256").update(JSON.stringify(body)).digest("hex");
const shifted = (instant: string, ms: number): Date => new Date(Date.parse(instant) + ms);
const digits = (phone: string | undefined): string => (phone ?? "").replace(/\D/g, "");

function offset(received: Date, sent: Date): number {
  const ms = received.getTime() - sent.getTime();
  return Math.abs(ms) < CLOCK_TOLERANCE_MS ? 0 : ms;
}

/** Lower case without accents: what is stored to be searched, and what is searched for. */
export const searchable = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;

function toCall({ call, agentName, recordedId }: CallRow): Call {
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
    dispositionName: null,
    dispositionKind: kindOf(call),
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
    corrected: false,
  };
}

/** What a disposition makes of a call. Until there is one, an answered call is a conversation. */
const countsAs = (disposition: string | null, outcome: Outcome | null) => ({
  sold: disposition === "sale",
  contacted: (outcome === null || outcome === "answered") && disposition !== "no_answer",
});

/** What the disposition says of a call; null before there is one. */
export const kindOf = ({
  disposition,
  sold,
  contacted,
}: Pick<CallRow["call"], "disposition" | "sold" | "contacted">): DispositionKind | null =>
  disposition === null ? null : sold ? "sale" : contacted ? "contact" : "no_contact";
