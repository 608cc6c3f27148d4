import { audioFormat, type HeldRecording, type Hold, type Page, type TrashedRecording } from "#contract";
import type { Audit } from "../audit/audit.ts";
import { scopeOf } from "../auth/scope.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { fileAs, sidecarOf } from "../recordings/store.ts";
import { TRASH_DAYS } from "./forecast.ts";
import { retentionQueries, type ListedRow } from "./queries.ts";

export type Keeping = ReturnType<typeof createKeeping>;

const DAY_MS = 86_400_000;
/** How many leave the trash in one go. */
const BATCH = 100;

/** What may become of one recording: held, put into the trash and out of it, deleted for good. */
export function createKeeping(
  { store, recordings: audio, clock }: Pick<Deps, "store" | "recordings" | "clock">,
  {
    audit,
    library,
    clips,
  }: {
    audit: Audit;
    library: { reword(callId: string): Promise<void> };
    clips: { forget(callIds: string[]): Promise<void> };
  },
) {
  const queries = retentionQueries(store);
  let changes = 0;

  const note = (
    actor: Actor | null,
    action: Parameters<Audit["note"]>[1]["action"],
    id: string,
    digest?: string,
  ) => audit.note(actor, { action, subject: { kind: "recording", id }, digest: digest ?? null });

  /** Others find a recording and count it anew. */
  async function changed(callId: string): Promise<void> {
    changes += 1;
    await library.reword(callId);
  }

  async function visible(actor: Actor, callId: string) {
    const row = await queries.visible(scopeOf(actor), callId);
    if (!row) throw new AppError("not_found");
    return row;
  }

  async function erase(actor: Actor | null, callId: string): Promise<void> {
    // out of everybody's sight first: from now on nobody can hold it
    await queries.trash(callId, actor?.userId ?? null, clock());
    const row = await queries.any(callId);
    if (!row) throw new AppError("not_found");
    if (row.heldAt) throw new AppError("recording_held");
    // the tombstone next: what was erased without a trace could not be told from what was stolen
    await note(actor, "recording_erased", callId, row.originalSha256 ?? row.sha256);
    await audio.remove([
      ...audioFormat.options.map((format) => fileAs(row.file, format)),
      sidecarOf(row.file),
    ]);
    await audio.dropParts(callId);
    // out of what is counted, before what says how it was counted goes
    await library.reword(callId);
    await clips.forget([callId]);
    await queries.erase(callId);
    changes += 1;
  }

  async function page(
    which: "held" | "trashed",
    { after, limit }: { after?: string | undefined; limit: number },
  ) {
    const place = after === undefined ? null : await queries.placeIn(which, after);
    const rows = await queries.listed(which, place, limit);
    return { rows, next: rows.length === limit ? (rows.at(-1)?.callId ?? null) : null };
  }

  return {
    /** Grows with everything that changes which recordings there are and how they lie there. */
    changes: () => changes,
    changed,

    /**
     * Keeps a recording from retention, trash and erasure until it is released. Supervisors hold their teams',
     * executives and admins all. Holding it again changes the reason. @throws not_found
     */
    async hold(actor: Actor, callId: string, why: string): Promise<Hold> {
      await visible(actor, callId);
      const at = clock();
      if (!(await queries.hold(callId, actor.userId, why, at))) throw new AppError("not_found");
      changes += 1;
      await note(actor, "recording_held", callId);
      return { by: actor.name, why, at: at.toISOString() };
    },

    /** Whoever held it, executives and admins. @throws not_found, forbidden */
    async release(actor: Actor, callId: string): Promise<void> {
      const row = await visible(actor, callId);
      if (!row.heldAt) return;
      if (actor.role === "supervisor" && row.heldBy !== actor.userId) throw new AppError("forbidden");
      await queries.release(callId);
      changes += 1;
      await note(actor, "recording_released", callId);
    },

    /** Out of everybody's sight; deleted for good after 7 days. @throws not_found, recording_held */
    async trash(actor: Actor, callId: string): Promise<void> {
      const row = await visible(actor, callId);
      if (row.heldAt || !(await queries.trash(callId, actor.userId, clock())))
        throw new AppError("recording_held");
      await changed(callId);
      await note(actor, "recording_trashed", callId, row.sha256);
    },

    /** The same for a rule; false where somebody was faster. */
    async trashByRule(callId: string): Promise<boolean> {
      if (!(await queries.trash(callId, null, clock()))) return false;
      await changed(callId);
      await note(null, "recording_trashed", callId);
      return true;
    },

    /** @throws not_found where it is not in the trash */
    async restore(actor: Actor, callId: string): Promise<void> {
      if (!(await queries.restore(callId))) throw new AppError("not_found");
      await changed(callId);
      await note(actor, "recording_restored", callId);
    },

    /**
     * Deletes a recording for good, wherever it is: files, marks, clips, what was written down, its row. An entry of
     * the audit with its digest is all that stays. @throws not_found, recording_held
     */
    erase,

    /** Deletes what has been in the trash for 7 days. @returns how many */
    async emptyTrash(signal: AbortSignal): Promise<number> {
      const before = new Date(clock().getTime() - TRASH_DAYS * DAY_MS);
      let gone = 0;
      for (const callId of await queries.trashedBefore(before, BATCH)) {
        if (signal.aborted) break;
        // somebody may have taken it out since the list was made
        if (!(await queries.isTrashed(callId))) continue;
        await erase(null, callId);
        gone += 1;
      }
      return gone;
    },

    async held(paging: { after?: string | undefined; limit: number }): Promise<Page<HeldRecording>> {
      const { rows, next } = await page("held", paging);
      const items = rows.map((row) => ({
        ...toKept(row),
        hold: { by: row.by, why: row.heldWhy ?? "", at: (row.at ?? row.startedAt).toISOString() },
      }));
      return { items, next };
    },

    async inTrash(paging: { after?: string | undefined; limit: number }): Promise<Page<TrashedRecording>> {
      const { rows, next } = await page("trashed", paging);
      const items = rows.map((row) => {
        const at = row.at ?? row.startedAt;
        const goesAt = new Date(at.getTime() + TRASH_DAYS * DAY_MS);
        return { ...toKept(row), by: row.by, trashedAt: at.toISOString(), goesAt: goesAt.toISOString() };
      });
      return { items, next };
    },
  };
}

const toKept = ({ contactName, contactPhone, startedAt, ...row }: ListedRow) => ({
  callId: row.callId,
  agentName: row.agentName,
  contact: { name: contactName, phone: contactPhone },
  startedAt: startedAt.toISOString(),
  durationSeconds: row.durationSeconds,
  bytes: row.bytes,
  format: row.format,
});
