import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { z } from "zod";
import { completed, part, PART_BYTES } from "#contract";
import { reason } from "../log.ts";
import type { Answer, Link } from "./link.ts";
import type { Item } from "./queue.ts";

/** What became of a recording in progress: nothing is due, a part went up, or an answer that ends or delays it. */
export type Progress = { kind: "nothing" } | { kind: "part" } | Exclude<Answer, { kind: "done" }>;

/**
 * What this run knows of a recording: parts sent, those of them that have changed since, whether it was closed
 * before, how often parts were missing.
 */
type Known = { sent: number; changed: Set<number>; tried: boolean; missing: number };

const partsAnswer = z.object({ parts: z.array(part) });
/** The sizes of a WAV that grows stand in its header, after each second's fdatasync. */
const HEADER_BYTES = 44;
/** How often the server may say that parts are missing which it has just been sent. */
const MOST_ROUNDS = 3;

/** Sends recordings in parts: full ones while the file grows, the rest and the changed first one at its end. */
export class Uploads {
  readonly #link: Link;
  readonly #known = new Map<string, Known>();

  constructor(link: Link) {
    this.#link = link;
  }

  /** Bytes of a recording in progress are others than they were: parts that went up, or go up now, go up again. */
  changed(callId: string, fromByte: number, toByte: number): void {
    const known = this.#of(callId);
    const last = Math.min(known.sent, Math.floor(Math.max(fromByte, toByte - 1) / PART_BYTES));
    for (let n = Math.floor(fromByte / PART_BYTES); n <= last; n++) known.changed.add(n);
  }

  /** Sends the next full part of a recording in progress, if there is one; what has changed comes first. */
  async follow({ thing }: Item<"recording">, signal: AbortSignal): Promise<Progress> {
    const known = this.#of(thing.callId);
    const again = [...known.changed].find((n) => n < known.sent);
    const n = again ?? known.sent;
    const bytes = await readFullPart(thing.file, n);
    if (!bytes) return { kind: "nothing" };
    // what changes from here on is not in what was read
    known.changed.delete(n);
    const answer = await this.#putPart(thing.callId, n, bytes, signal);
    if (answer.kind !== "done") {
      if (again !== undefined) known.changed.add(n);
      return answer;
    }
    if (again === undefined) known.sent += 1;
    return { kind: "part" };
  }

  /** Sends what the server lacks of a finished recording, and closes it there. */
  async finish(item: Item<"recording-end">, signal: AbortSignal): Promise<Answer> {
    const answer = await this.#finish(item, this.#of(item.thing.callId), signal);
    if (answer.kind === "done" || answer.kind === "refused") this.#known.delete(item.thing.callId);
    return answer;
  }

  async #finish(item: Item<"recording-end">, known: Known, signal: AbortSignal): Promise<Answer> {
    if (item.resumed || known.tried) {
      // After a lost answer the server may have it all, and its parts are gone by then.
      const early = await this.#complete(item, signal);
      if (!says(early, "missing_parts", "digest_mismatch", "not_a_recording")) return early;
    }
    known.tried = true;
    const parts = await this.#putParts(item, signal);
    if (parts.kind !== "done" && !says(parts, "recording_complete")) return parts;
    const answer = await this.#complete(item, signal);
    if (says(answer, "missing_parts") && known.missing++ < MOST_ROUNDS) return AGAIN;
    return answer;
  }

  async #putParts(item: Item<"recording-end">, signal: AbortSignal): Promise<Answer> {
    const { callId, recorded } = item.thing;
    const answer = await this.#link.send({ method: "GET", path: `${pathOf(callId)}/parts` }, signal);
    if (answer.kind !== "done") return answer;
    const there = new Map(partsAnswer.parse(answer.body).parts.map(({ n, sha256 }) => [n, sha256]));
    for (let n = 0; n < partsOf(item); n++) {
      let bytes: Uint8Array<ArrayBuffer>;
      try {
        bytes = await readPart(recorded.file, n);
      } catch (error) {
        return { kind: "refused", problem: { code: "recording_unreadable", detail: reason(error) } };
      }
      if (there.get(n) === sha256Of(bytes).toString("hex")) continue;
      const put = await this.#putPart(callId, n, bytes, signal);
      if (put.kind !== "done") return put;
    }
    return answer;
  }

  async #putPart(
    callId: string,
    n: number,
    data: Uint8Array<ArrayBuffer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    const bytes = { data, sha256: sha256Of(data) };
    return this.#link.send({ method: "PUT", path: `${pathOf(callId)}/parts/${n}`, bytes }, signal);
  }

  async #complete(item: Item<"recording-end">, signal: AbortSignal): Promise<Answer> {
    const { callId, recorded } = item.thing;
    const json = { parts: partsOf(item), metadata: recorded.metadata };
    const answer = await this.#link.send({ method: "POST", path: pathOf(callId), json }, signal);
    const other = answer.kind === "done" && completed.parse(answer.body).sha256 !== recorded.metadata.sha256;
    return other ? AGAIN : answer;
  }

  #of(callId: string): Known {
    const known = this.#known.get(callId) ?? { sent: 0, changed: new Set(), tried: false, missing: 0 };
    this.#known.set(callId, known);
    return known;
  }
}

const AGAIN: Answer = { kind: "later", online: true, waitMs: null };

const says = (answer: Answer, ...codes: string[]): boolean =>
  answer.kind === "refused" && codes.includes(answer.problem.code);

const pathOf = (callId: string): string => `/api/recordings/${callId}`;
const partsOf = ({ thing }: Item<"recording-end">): number =>
  Math.ceil(thing.recorded.metadata.bytes / PART_BYTES);
const sha256Of = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

async function readPart(file: string, n: number): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file, "r");
  try {
    const bytes = new Uint8Array(PART_BYTES);
    const { bytesRead } = await handle.read(bytes, 0, PART_BYTES, n * PART_BYTES);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Part `n` of a file that grows, or null while it is not whole and safe, or there is no file. */
async function readFullPart(file: string, n: number): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const handle = await open(file, "r");
    try {
      const header = Buffer.alloc(HEADER_BYTES);
      const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, 0);
      const safe = bytesRead < HEADER_BYTES ? 0 : HEADER_BYTES + header.readUInt32LE(HEADER_BYTES - 4);
      if (safe < (n + 1) * PART_BYTES) return null;
    } finally {
      await handle.close();
    }
    return await readPart(file, n);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
