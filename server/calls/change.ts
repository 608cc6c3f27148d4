import type { z } from "zod";
import type { callChange, CorrectedValues, Disposition } from "#contract";
import { AppError } from "../errors.ts";
import type { CallEdit, CallRow } from "./queries.ts";

type Input = z.output<typeof callChange>;
type Stored = CallRow["call"];

/** The agent's PC may be a little behind. */
const CLOCK_MS = 5 * 60_000;
const FURTHEST_MS = 2 * 366 * 86_400_000;

const invalid = (path: keyof Input, message: string) =>
  new AppError("invalid", { errors: [{ path, message }] });

/** What a change is judged by. `outcome` is the wanted disposition as the call's campaign has it, if it has it. */
export type Circumstances = { now: Date; correcting: boolean; outcome: Disposition | undefined };

/**
 * What a wanted change makes of a call: only what differs, and what follows from it. An outcome ends the wrap-up,
 * only a sale has an amount, a new callback is due again.
 * @throws invalid, call_in_progress
 */
export function editOf(call: Stored, input: Input, at: Circumstances): CallEdit {
  const edit: CallEdit = {
    ...outcomeOf(call, input, at),
    ...callbackOf(call, input, at.now),
    ...wrapUpOf(call, input, at),
    ...(input.notes !== undefined && { notes: input.notes }),
  };
  return Object.fromEntries(
    Object.entries(edit).filter(([field, value]) => !same(call[field as keyof Stored], value)),
  );
}

function outcomeOf(call: Stored, { disposition, saleAmount }: Input, { outcome }: Circumstances): CallEdit {
  const chosen = disposition !== undefined && disposition !== call.disposition;
  if (chosen && disposition !== null && !outcome)
    throw invalid("disposition", "not an outcome of this campaign: GET /api/dispositions lists them");
  const sold = chosen ? outcome?.kind === "sale" : call.sold;
  if (!sold && saleAmount !== undefined && saleAmount !== null)
    throw invalid("saleAmount", "only a sale has an amount");
  // before the call has ended, `contacted` is what the outcome says; the end then says whether anybody answered
  const answered = call.outcome === null || call.outcome === "answered";
  return {
    ...(chosen && {
      disposition,
      sold,
      contacted: outcome ? answered && outcome.kind !== "no_contact" : call.outcome === "answered",
    }),
    ...(!sold ? { saleAmount: null } : saleAmount !== undefined && { saleAmount }),
  };
}

function callbackOf(call: Stored, { callbackAt, callbackDone }: Input, now: Date): CallEdit {
  const wanted =
    callbackAt === undefined ? call.callbackAt : callbackAt === null ? null : new Date(callbackAt);
  const moved = !same(wanted, call.callbackAt);
  if (moved && wanted && wanted.getTime() < now.getTime() - CLOCK_MS)
    throw invalid("callbackAt", "already past: choose a later time");
  if (moved && wanted && wanted.getTime() > now.getTime() + FURTHEST_MS)
    throw invalid("callbackAt", "more than two years ahead");
  if (callbackDone === true && !wanted) throw invalid("callbackDone", "no callback was agreed");
  const before = moved ? null : call.callbackDoneAt;
  const doneAt = callbackDone === undefined ? before : callbackDone ? (before ?? now) : null;
  return { callbackAt: wanted, callbackDoneAt: doneAt };
}

/** A wrap-up ends once: what its agent says afterwards changes nothing of it, a correction does. */
function wrapUpOf(call: Stored, { wrapUpEndedAt, disposition }: Input, at: Circumstances): CallEdit {
  if (wrapUpEndedAt !== undefined && call.endedAt === null) throw new AppError("call_in_progress");
  if (call.endedAt === null || (call.wrapUpEndedAt !== null && !at.correcting)) return {};
  const bySaving = !at.correcting && call.outcome === "answered" && Boolean(disposition);
  if (wrapUpEndedAt === undefined && !bySaving) return {};
  const said = wrapUpEndedAt === undefined ? at.now : new Date(wrapUpEndedAt);
  if (at.correcting && said < call.endedAt) throw invalid("wrapUpEndedAt", "before the end of the call");
  const endedAt = new Date(Math.max(call.endedAt.getTime(), Math.min(said.getTime(), at.now.getTime())));
  const seconds = Math.round((endedAt.getTime() - call.endedAt.getTime()) / 1000);
  return {
    wrapUpEndedAt: endedAt,
    wrapUpEndedBy: call.wrapUpEndedBy ?? "agent",
    wrapUpSeconds: call.outcome === "answered" ? seconds : null,
  };
}

const FIELDS = [
  "disposition",
  "saleAmount",
  "notes",
  "callbackAt",
  "callbackDoneAt",
  "wrapUpEndedAt",
] as const;

/** What people see of an edit, as it was and as it is; null where they see no difference. */
export function correctionOf(
  call: Stored,
  edit: CallEdit,
): { before: CorrectedValues; after: CorrectedValues } | null {
  const fields = FIELDS.filter((field) => field in edit);
  if (fields.length === 0) return null;
  const of = (from: Pick<CallEdit, (typeof FIELDS)[number]>) =>
    Object.fromEntries(fields.map((field) => [field, plain(from[field])]));
  return { before: of(call), after: of(edit) };
}

const plain = (value: string | number | Date | null | undefined): string | number | null =>
  value instanceof Date ? value.toISOString() : (value ?? null);

const same = (a: unknown, b: unknown): boolean =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
