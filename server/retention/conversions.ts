import { z } from "zod";
import { audioFormat, sha256 } from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { Deps } from "../deps.ts";
import { fileAs, sidecarOf } from "../recordings/store.ts";
import type { AudioConverter } from "./convert.ts";
import type { Keeping } from "./keeping.ts";
import { retentionQueries, type Converting, type KeptRow } from "./queries.ts";
import { everyRecording } from "./walk.ts";

export type Conversions = ReturnType<typeof createConversions>;

/** What a conversion changes in the small text beside a recording; all else stays. */
const sidecar = z
  .looseObject({ callId: z.string(), format: audioFormat, bytes: z.int(), sha256, originalSha256: sha256 })
  .partial();
type Sidecar = z.infer<typeof sidecar>;

/** Which file a recording lies in: made smaller, whatever a power cut does to it, and found again after a restore. */
export function createConversions(
  { store, recordings: audio, clock, log }: Pick<Deps, "store" | "recordings" | "clock" | "log">,
  {
    audit,
    converter,
    keeping,
  }: { audit: Audit; converter: AudioConverter; keeping: Pick<Keeping, "changed"> },
) {
  const queries = retentionQueries(store);

  const note = (id: string, digest: string) =>
    audit.note(null, { action: "recording_transcoded", subject: { kind: "recording", id }, digest });

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
      await note(callId, row.sha256);
      await describe(callId);
    }
    if (row) await audio.remove([done ? from : to]);
    else await audio.remove([from, to, sidecarOf(from)]);
    await queries.endConverting(callId);
  }

  return {
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
        if (done) await keeping.changed(callId);
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
          await note(row.callId, digest);
          await keeping.changed(row.callId);
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
  };
}
