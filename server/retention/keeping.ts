import { z } from "zod";
import {
  audioFormat,
  sha256,
  type HeldRecording,
  type Hold,
  type Page,
  type TrashedRecording,
} from "#contract";
import type { Audit } from "../audit/audit.ts";
import { scopeOf } from "../auth/scope.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { fileAs, sidecarOf } from "../recordings/store.ts";
import type { AudioConverter } from "./convert.ts";
import { TRASH_DAYS } from "./forecast.ts";
import { retentionQueries, type Converting, type KeptRow, type ListedRow } from "./queries.ts";
import { everyRecording } from "./walk.ts";

export type Keeping = ReturnType<typeof createKeeping>;

/** What a conversion changes in the small text beside a recording; all else stays. */
const sidecar = z
  .looseObject({ callId: z.string(), format: audioFormat, bytes: z.int(), sha256, originalSha256: sha256 })
  .partial();
type Sidecar = z.infer<typeof sidecar>;

const DAY_MS = 86_400_000;
/** How many leave the trash in one go. */
const BATCH = 100;

/** What may become of one recording: held, put into the trash and out of it, made smaller, deleted for good. */
export function createKeeping(
  { store, recordings: audio, clock, log }: Pick<Deps, "store" | "recordings" | "clock" | "log">,
  {
    audit,
    converter,
    library,
    clips,
  }: {
    audit: Audit;
    converter: AudioConverter;
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

  /** Others find it and count it anew. */
  async function changed(callId: string): Promise<void> {
    changes += 1;
    await library.reword(callId);
  }

  async function visible(actor: Actor, callId: string) {
    const row = await queries.visible(scopeOf(actor), callId);
    if (!row) throw new AppError("not_found");
    return row;
  }

  /** Says of the small text beside the audio which file it is about now. */
  async function describe(callId: string): Promise<void> {
    const row = await queries.any(callId);
    if (!row) return;
    const known = await sidecarText(row.file);
    const { format, bytes, sha256: digest, originalSha256 } = row;
    const facts = { ...known, callId, format, bytes, sha256: digest, originalSha256 };
    await audio.putNote({ file: sidecarOf(row.file), text: `${JSON.stringify(facts, null, 2)}\n` });
  }

  async function sidecarText(file: string): Promise<Sidecar> {
    try {
      return sidecar.parse(await new Response(await audio.read(sidecarOf(file))).json());
    } catch {
      // somebody removed or changed it: what the database knows is written anew
      return {};
    }
  }

  /** Ends a conversion from whichever point it reached: the file that the database names stays, the other one goes. */
  async function settle({ callId, from, to }: Converting): Promise<void> {
    const row = await queries.any(callId);
    const done = row?.file === to;
    if (done) {
      // as long as something says that it goes on: a file that nobody noted could not be told from a forged one
      await note(null, "recording_transcoded", callId, row.sha256);
      await describe(callId);
    }
    if (row) await audio.remove([done ? from : to]);
    else await audio.remove([from, to, sidecarOf(from)]);
    await queries.endConverting(callId);
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

    /**
     * Makes a recording's file smaller. The new one is proven and durable before the old one goes, and a row says
     * meanwhile what is going on, so that `recover` can end it. @returns false where somebody changed it meanwhile
     */
    async convert(row: KeptRow, format: "flac" | "opus", signal: AbortSignal): Promise<boolean> {
      const { callId, file, channels, sampleRate, durationSeconds } = row;
      const target = fileAs(file, format);
      const step = { callId, from: file, to: target };
      const what = { fromFormat: row.format, toFormat: format, channels, sampleRate, durationSeconds };
      await queries.beginConverting(step, clock());
      try {
        const make = (from: string, to: string) => converter.convert({ ...what, from, to }, signal);
        const made = await audio.convert(file, target, make);
        const original = row.originalSha256 ?? row.sha256;
        const done = await queries.converted(
          callId,
          file,
          { file: target, format, ...made },
          original,
          clock(),
        );
        if (done) await changed(callId);
        return done;
      } finally {
        await settle(step);
      }
    },

    /**
     * After a copy of the database came back: recordings that were made smaller since are found again beside their
     * sidecars. @returns how many recordings have no file at all
     */
    async findFiles(): Promise<number> {
      let lost = 0;
      for await (const row of everyRecording(queries.after)) {
        if (await audio.has(row.file)) continue;
        const {
          callId,
          format,
          bytes,
          sha256: digest,
          originalSha256 = row.sha256,
        } = await sidecarText(row.file);
        const file = format === undefined ? row.file : fileAs(row.file, format);
        const known = callId === row.callId && bytes !== undefined && digest !== undefined;
        if (format === undefined || !known || !(await audio.has(file))) lost += 1;
        else {
          const stored = { file, format, bytes, sha256: digest };
          await queries.converted(row.callId, row.file, stored, originalSha256, clock());
          // that it was noted before is gone with the other database
          await note(null, "recording_transcoded", row.callId, digest);
          await library.reword(row.callId);
        }
      }
      return lost;
    },

    /** Ends conversions that a power cut has left half done. */
    async recover(): Promise<void> {
      await audio.tidy();
      for (const step of await queries.converting())
        await settle(step).catch((error: unknown) =>
          log.error("conversion left open", { callId: step.callId }, error),
        );
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
