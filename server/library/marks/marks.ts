import type { z } from "zod";
import type { Mark, markChange, markInput, Marks, Moment, Recording, UnseenMarks } from "#contract";
import type { Audit } from "../../audit/audit.ts";
import { scopeOf } from "../../auth/scope.ts";
import { isUniqueViolation } from "../../db/violations.ts";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../errors.ts";
import type { Actor } from "../../http/context.ts";
import type { Library } from "../library.ts";
import { momentsOf } from "./moments.ts";
import { markQueries, type MarkRow } from "./queries.ts";

export type MarksRoom = ReturnType<typeof createMarks>;

/** Nobody reads more than these in one recording. */
const MOST_MARKS = 500;
const MOST_UNSEEN = 50;
/** The audio may be a little longer than its rounded length. */
const TOLERANCE_MS = 1000;

/** Flags and comments at a place of a recording; its agent sees them. */
export function createMarks(
  { store, clock }: Pick<Deps, "store" | "clock">,
  { library, audit }: { library: Library; audit: Audit },
) {
  const queries = markQueries(store);

  const visible = (actor: Actor, callId: string) => library.visible(scopeOf(actor), callId);

  async function inside(actor: Actor, callId: string, atMs: number | undefined): Promise<void> {
    const { durationSeconds } = await visible(actor, callId);
    if (atMs !== undefined && atMs > durationSeconds * 1000 + TOLERANCE_MS)
      throw new AppError("invalid", { errors: [{ path: "atMs", message: "after the end" }] });
  }

  /** @throws not_found, forbidden for another's */
  async function own(actor: Actor, callId: string, id: string): Promise<MarkRow> {
    await visible(actor, callId);
    const row = await queries.byId(id);
    if (row?.mark.callId !== callId) throw new AppError("not_found");
    if (row.mark.by !== actor.userId) throw new AppError("forbidden");
    return row;
  }

  /** What marks itself is made when it is read, of what is known of the call. */
  async function itself(recording: Recording): Promise<Moment[]> {
    const { callId } = recording;
    const [call, answers] = await Promise.all([queries.call(callId), queries.answers(callId, MOST_MARKS)]);
    const heard = answers.some(({ card }) => card !== null) ? await queries.heard(callId) : [];
    return call ? momentsOf({ recording, call, answers, heard }) : [];
  }

  async function changed(actor: Actor, callId: string): Promise<void> {
    await library.reword(callId);
    await audit.note(actor, { action: "recording_marked", subject: { kind: "recording", id: callId } });
  }

  return {
    /** What people marked, and what marks itself, both in the order of the audio. @throws not_found */
    async list(actor: Actor, callId: string): Promise<Marks> {
      const recording = await visible(actor, callId);
      const [rows, moments] = await Promise.all([queries.of(callId), itself(recording)]);
      return { items: rows.map(toMark), moments };
    },

    /** Sending it again changes nothing. @throws not_found, invalid, id_taken, marks_full */
    async add(actor: Actor, callId: string, input: z.output<typeof markInput>): Promise<Mark> {
      await inside(actor, callId, input.atMs);
      const row = { ...input, callId, by: actor.userId, at: clock(), seenAt: null };
      if ((await queries.of(callId)).length >= MOST_MARKS && !(await queries.byId(input.id)))
        throw new AppError("marks_full");
      try {
        await queries.add(row);
        await changed(actor, callId);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
      }
      const kept = await queries.byId(input.id);
      if (!kept || !isSame(kept.mark, row)) throw new AppError("id_taken");
      return toMark(kept);
    },

    /** @throws not_found, forbidden, invalid where a comment would have no words left */
    async change(
      actor: Actor,
      callId: string,
      id: string,
      input: z.output<typeof markChange>,
    ): Promise<Mark> {
      const row = await own(actor, callId, id);
      await inside(actor, callId, input.atMs);
      if (row.mark.kind === "comment" && input.text === "")
        throw new AppError("invalid", { errors: [{ path: "text", message: "a comment has words" }] });
      const mark = { ...row.mark, ...input };
      await queries.change(id, { atMs: mark.atMs, text: mark.text });
      await changed(actor, callId);
      return toMark({ ...row, mark });
    },

    /** @throws not_found, forbidden */
    async remove(actor: Actor, callId: string, id: string): Promise<void> {
      await own(actor, callId, id);
      await queries.remove(id);
      await changed(actor, callId);
    },

    /** What others marked in one's own recordings and one has not seen. */
    async unseen(actor: Actor): Promise<UnseenMarks> {
      const { count, rows } = await queries.unseen(actor.userId, MOST_UNSEEN);
      const items = rows.map(({ call, ...row }) => ({
        ...toMark(row),
        contact: { name: call.contactName, phone: call.contactPhone },
        startedAt: call.startedAt.toISOString(),
      }));
      return { count, items };
    },

    /** The call's agent has seen what is marked. @throws not_found, forbidden for anybody else */
    async seen(actor: Actor, callId: string): Promise<void> {
      const { agentId } = await visible(actor, callId);
      if (agentId !== actor.userId) throw new AppError("forbidden");
      await queries.seen(callId, actor.userId, clock());
    },
  };
}

const isSame = (kept: MarkRow["mark"], sent: MarkRow["mark"]): boolean =>
  kept.callId === sent.callId &&
  kept.by === sent.by &&
  kept.kind === sent.kind &&
  kept.atMs === sent.atMs &&
  kept.text === sent.text;

const toMark = ({ mark, byName }: MarkRow): Mark => ({
  id: mark.id,
  callId: mark.callId,
  kind: mark.kind,
  atMs: mark.atMs,
  text: mark.text,
  by: { id: mark.by, name: byName },
  at: mark.at.toISOString(),
  seenAt: mark.seenAt?.toISOString() ?? null,
});
