import type { z } from "zod";
import type { Clip, ClipInput, Page, paging } from "#contract";
import type { Audit } from "../../audit/audit.ts";
import { scopeOf } from "../../auth/scope.ts";
import { isUniqueViolation } from "../../db/violations.ts";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../errors.ts";
import type { Actor } from "../../http/context.ts";
import { mediaTypes } from "../../recordings/store.ts";
import { spanOf, type Audio } from "../../recordings/recordings.ts";
import { clipQueries, type ClipRow, type NewClip } from "./queries.ts";
import { clipFolder } from "./folder.ts";
import { cut } from "./cutting.ts";
import type { Library } from "../library.ts";

export type Clips = ReturnType<typeof createClips>;

/** Pieces of recordings that are kept as examples, each a WAV of its own. */
export function createClips(
  { store, recordings: audio, clock, config }: Pick<Deps, "store" | "recordings" | "clock" | "config">,
  { library, audit }: { library: Library; audit: Audit },
) {
  const queries = clipQueries(store);
  const folder = clipFolder(config.DATA_FOLDER);

  /** @throws not_found */
  async function found(actor: Actor, id: string): Promise<ClipRow> {
    const row = await queries.byId(scopeOf(actor), id);
    if (!row) throw new AppError("not_found");
    return row;
  }

  /** A recording may be erased while it is cut: then nothing of it stays. @throws not_found */
  async function requireStill(actor: Actor, { id, callId, file }: NewClip): Promise<void> {
    try {
      await library.visible(scopeOf(actor), callId);
    } catch (gone) {
      await queries.remove(id);
      await folder.remove(file);
      throw gone;
    }
  }

  /** Who hears a piece has heard the recording: it is told of both. */
  async function noteHeard(actor: Actor, clip: ClipRow["clip"], download: boolean): Promise<void> {
    const heard = [
      { kind: "clip", id: clip.id },
      { kind: "recording", id: clip.callId },
    ] as const;
    for (const subject of heard)
      if (download) await audit.note(actor, { action: "recording_downloaded", subject, digest: clip.sha256 });
      else await audit.noteOnce(actor, { action: "recording_listened", subject, digest: clip.sha256 });
  }

  return {
    /**
     * Cuts a piece out of a recording, sample by sample as it is there. Sending it again changes nothing.
     * @throws not_found, invalid, id_taken, not_cuttable where the recording is no WAV any more
     */
    async make(actor: Actor, callId: string, input: ClipInput): Promise<Clip> {
      await library.visible(scopeOf(actor), callId);
      if (!(await queries.isTaken(input.id))) {
        const wav = await queries.wav(callId);
        if (wav?.format !== "wav") throw new AppError("not_cuttable");
        const piece = await folder.keep(input.id, cut(audio, wav, input));
        const row = { ...input, ...piece, callId, by: actor.userId, at: clock() };
        try {
          await queries.add(row);
          await requireStill(actor, row);
          await audit.note(actor, {
            action: "clip_made",
            subject: { kind: "clip", id: input.id },
            digest: piece.sha256,
          });
        } catch (error) {
          if (!isUniqueViolation(error)) throw error;
        }
      }
      const kept = await queries.byId(scopeOf(actor), input.id);
      const { clip } = kept ?? {};
      const same =
        clip?.callId === callId &&
        clip.by === actor.userId &&
        clip.title === input.title &&
        clip.fromMs === input.fromMs &&
        clip.toMs === input.toMs;
      if (!kept || !same) throw new AppError("id_taken");
      return toClip(kept);
    },

    /** Those of the calls that one may see, newest first. */
    async list(actor: Actor, { after, limit }: z.output<typeof paging>): Promise<Page<Clip>> {
      const scope = scopeOf(actor);
      const last = after === undefined ? null : await queries.byId(scope, after);
      const items = (await queries.page(scope, last && last.clip, limit)).map(toClip);
      return { items, next: items.length === limit ? (items.at(-1)?.id ?? null) : null };
    },

    /** @throws not_found, range_not_satisfiable */
    async audio(actor: Actor, id: string, range: string | undefined, download: boolean): Promise<Audio> {
      const { clip } = await found(actor, id);
      const span = spanOf(range, clip.bytes);
      await noteHeard(actor, clip, download);
      const body = await folder.read(clip.file, span);
      return {
        body,
        bytes: clip.bytes,
        sha256: clip.sha256,
        file: `${clip.title}.wav`,
        mediaType: mediaTypes.wav,
        span,
      };
    },

    /** @throws not_found, forbidden for another's clip, unless an admin removes it */
    async remove(actor: Actor, id: string): Promise<void> {
      const { clip } = await found(actor, id);
      if (clip.by !== actor.userId && actor.role !== "admin") throw new AppError("forbidden");
      await queries.remove(id);
      await folder.remove(clip.file);
      await audit.note(actor, { action: "clip_removed", subject: { kind: "clip", id } });
    },

    /** Removes files that no clip names, as a kill leaves them: nobody would find them to erase them. At the start. */
    async tidy(): Promise<void> {
      for (const file of await folder.list())
        if (!(await queries.isTaken(file.replace(/\.wav$/, "")))) await folder.remove(file);
    },

    /**
     * For erasing a person: all that the library holds of these calls goes, words, marks, clips with their files, and
     * what they count for.
     */
    async forget(callIds: string[]): Promise<void> {
      for (const file of await library.forget(callIds)) await folder.remove(file);
    },
  };
}

const toClip = ({ clip, call, agentName, byName }: ClipRow): Clip => ({
  id: clip.id,
  callId: clip.callId,
  title: clip.title,
  fromMs: clip.fromMs,
  toMs: clip.toMs,
  bytes: clip.bytes,
  agent: { id: call.agentId, name: agentName },
  contact: { name: call.contactName, phone: call.contactPhone },
  startedAt: call.startedAt.toISOString(),
  by: { id: clip.by, name: byName },
  at: clip.at.toISOString(),
});
