import {
  PART_BYTES,
  recordingPath,
  type Call,
  type Completion,
  type Part,
  type Peaks,
  type RecordingMetadata,
} from "#contract";
import type { Audit } from "../audit/audit.ts";
import { scopeOf, type Scope } from "../auth/scope.ts";
import type { Calls } from "../calls/calls.ts";
import { inTurn } from "../db/in-turn.ts";
import { dayOf, fileStamp, startOfDay } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { Library } from "../library/library.ts";
import { AudioReader } from "./audio.ts";
import { recordingQueries, type RecordingRow } from "./queries.ts";
import { Sketch, unsealed } from "./sketch.ts";
import { mediaTypes, sidecarOf, type Note, type Received, type Span } from "./store.ts";

export type Recordings = ReturnType<typeof createRecordings>;
/** Audio on its way to a listener. `span` is set for a part of it. */
export type Audio = {
  body: ReadableStream<Uint8Array>;
  bytes: number;
  sha256: string;
  file: string;
  mediaType: string;
  span: Span | null;
};

/** Recordings: they arrive in parts during the call, are are put together and heard. */
export function createRecordings(
  { store, recordings: audio, clock, bus }: Deps,
  {
    calls,
    library,
    audit,
  }: { calls: Calls; library: Pick<Library, "reword" | "visible">; audit: Pick<Audit, "note" | "noteOnce"> },
) {
  const queries = recordingQueries(store);
  const finishing = inTurn();

  /** Only the PC that has the call sends its audio. @throws not_found */
  const ownCall = (actor: Actor, callId: string) => calls.visible({ by: "agent", id: actor.userId }, callId);

  /** @throws not_found, not_to_be_recorded */
  async function recordable(actor: Actor, callId: string): Promise<Call> {
    const call = await ownCall(actor, callId);
    if (!call.mayRecord) throw new AppError("not_to_be_recorded");
    return call;
  }

  async function found(scope: Scope, callId: string): Promise<RecordingRow> {
    const row = await queries.byCall(scope, callId);
    if (!row) throw new AppError("not_found");
    return row;
  }

  function noted(
    actor: Actor,
    action: "recording_stored" | "recording_listened" | "recording_downloaded",
    id: string,
    digest: string,
  ): Promise<void> {
    const deed = { action, subject: { kind: "recording", id }, digest } as const;
    return action === "recording_listened" ? audit.noteOnce(actor, deed) : audit.note(actor, deed);
  }

  async function fileFor(
    actor: Actor,
    callId: string,
    metadata: RecordingMetadata,
    timeZone: string,
  ): Promise<string> {
    const call = await ownCall(actor, callId);
    const startedAt = new Date(call.startedAt);
    const today = startOfDay(dayOf(startedAt, timeZone), timeZone);
    const file = recordingPath({
      agent: call.agentName,
      contact: call.contact.name,
      phone: call.contact.phone,
      number: metadata.number ?? (await queries.countSince(actor.userId, today)) + 1,
      startedAt: fileStamp(startedAt, timeZone),
    });
    const owner = await queries.takenBy(file);
    return owner === null || owner === callId ? file : file.replace(/\.wav$/, `_${callId.slice(-8)}.wav`);
  }

  async function putTogether(
    actor: Actor,
    callId: string,
    { parts, metadata }: Completion,
    timeZone: string,
  ) {
    const call = await recordable(actor, callId);
    const known = await queries.byCall({ by: "agent", id: actor.userId }, callId);
    if (known) {
      if ((known.recording.originalSha256 ?? known.recording.sha256) !== metadata.sha256)
        throw new AppError("recording_complete");
      return library.reword(callId);
    }
    const have = await queries.parts(callId);
    requireAll(have, parts);
    const file = await fileFor(actor, callId, metadata, timeZone);
    const reader = new AudioReader(metadata, unsealed(have, await audio.sketches(callId)));
    const note = sidecar(file, callId, call.startedAt, metadata);
    await audio.assemble(callId, { parts, bytes: metadata.bytes }, file, note, reader);
    const { number: _, gaps = [], ...rest } = metadata;
    const startedAt = new Date(call.startedAt);
    await noted(actor, "recording_stored", callId, metadata.sha256);
    const row = { ...rest, gaps, callId, agentId: actor.userId, file, startedAt, storedAt: clock() };
    await Promise.all([queries.complete({ ...row, ...reader.waveform() }), audio.dropParts(callId)]);
    await library.reword(callId);
    bus.publish({ kind: "recording", agentId: actor.userId, callId });
  }

  return {
    /**
     * Keeps a part; a later one of the same number replaces it until the recording is complete.
     * @param announced SHA-256 in base64, from `Content-Digest`
     * @throws not_found, not_to_be_recorded, recording_complete, too_large, part_invalid
     */
    async putPart(
      actor: Actor,
      callId: string,
      n: number,
      body: AsyncIterable<Uint8Array>,
      announced: string | null,
    ): Promise<Part> {
      await recordable(actor, callId);
      if (await queries.byCall({ by: "agent", id: actor.userId }, callId))
        throw new AppError("recording_complete");
      if (announced === null) throw new AppError("part_invalid");
      const known = (await queries.parts(callId)).some((part) => part.n === n);
      const sketch = new Sketch();
      const accept = ({ bytes, sha256 }: Received): Uint8Array => {
        const digest = Buffer.from(sha256, "hex").toString("base64");
        if (bytes === 0 || digest !== announced) throw new AppError("part_invalid");
        return sketch.sealed(sha256);
      };
      const see = (piece: Uint8Array) => sketch.see(piece);
      const arriving = { body, limit: PART_BYTES, see, accept };
      const { bytes, sha256 } = await audio.putPart(callId, n, known, arriving);
      const part = { n, bytes, sha256 };
      await queries.putPart(callId, part);
      return part;
    },

    /** The parts that are safe here. @throws not_found */
    async parts(actor: Actor, callId: string): Promise<{ parts: Part[] }> {
      await ownCall(actor, callId);
      return { parts: await queries.parts(callId) };
    },

    /**
     * Puts the parts together and checks the whole. Sending it again changes nothing.
     * @throws not_found, not_to_be_recorded, missing_parts, digest_mismatch, not_a_recording, recording_complete
     */
    async complete(actor: Actor, callId: string, input: Completion, timeZone: string) {
      await finishing(callId, () => putTogether(actor, callId, input, timeZone));
      return { sha256: input.metadata.sha256, bytes: input.metadata.bytes };
    },

    /** For another room. @throws not_found */
    visible: library.visible,

    async peaks(actor: Actor, callId: string): Promise<Peaks> {
      const { recording } = await found(scopeOf(actor), callId);
      return { durationSeconds: recording.durationSeconds, peaks: recording.peaks };
    },

    async metadata(actor: Actor, callId: string): Promise<RecordingMetadata> {
      const { recording } = await found(scopeOf(actor), callId);
      const { sampleRate, channels, durationSeconds, bytes, sha256, gaps } = recording;
      return {
        sampleRate,
        channels: channels === 1 ? 1 : 2,
        bitsPerSample: 16,
        durationSeconds,
        bytes,
        sha256,
        gaps,
      };
    },

    /**
     * Not one byte before it is noted who hears it, once a listening, or takes it along.
     * @throws not_found, range_not_satisfiable
     */
    async audio(actor: Actor, callId: string, range: string | undefined, download: boolean): Promise<Audio> {
      const { recording } = await found(scopeOf(actor), callId);
      const { bytes, sha256, file, format } = recording;
      const mediaType = mediaTypes[format];
      const span = spanOf(range, bytes);
      await noted(actor, download ? "recording_downloaded" : "recording_listened", callId, sha256);
      return { body: await audio.read(file, span ?? undefined), bytes, sha256, file, mediaType, span };
    },
  };
}

/** @throws missing_parts with each part that is absent or, in the middle, too short */
function requireAll(have: Part[], count: number): void {
  const whole = new Map(have.map((part) => [part.n, part.bytes]));
  const missing = Array.from({ length: count }, (_, n) => n).filter(
    (n) => !whole.has(n) || (n < count - 1 && whole.get(n) !== PART_BYTES),
  );
  const errors = missing.slice(0, 100).map((n) => ({ path: `parts.${n}`, message: "missing" }));
  if (errors.length > 0) throw new AppError("missing_parts", { errors });
}

/** What is true of a recording, for whoever finds its file without this program. */
const sidecar = (file: string, callId: string, startedAt: string, metadata: RecordingMetadata): Note => ({
  file: sidecarOf(file),
  text: `${JSON.stringify({ callId, startedAt, ...metadata }, null, 2)}\n`,
});

/** One range of RFC 9110, or null for the whole. @throws range_not_satisfiable */
export function spanOf(range: string | undefined, bytes: number): Span | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return null;
  const [, first = "", last = ""] = match;
  const from = first === "" ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === "" || last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (from > to || from >= bytes) throw new AppError("range_not_satisfiable");
  return { from, to };
}
