import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { ModelFailure } from "./failure.ts";

/** A line that says nothing for so long is dead; what came stays, and the next try goes on from there. */
const SILENT_MS = 60_000;

export type Fetched = { bytes: number; sha256: string };
type Options = {
  url: string;
  /** Where it goes; until it is whole it lies beside it as `.part`. */
  file: string;
  /** Null where nobody knows. */
  bytes: number | null;
  sha256: string | null;
  /** Bytes so far, and of how many where that is known. */
  onProgress: (completed: number, total: number | null) => void;
  /** How long a line may say nothing, in milliseconds. */
  silentMs?: number;
};

/**
 * Fetches one file: goes on where an earlier try broke off, hashes while it streams, and gives it its name only
 * when it is whole and what it should be.
 * @throws ModelFailure `unreachable`, `not_there`, `truncated` (its beginning stays for the next try),
 * `wrong_size` or `wrong_digest` (nothing stays)
 */
export async function download(options: Options): Promise<Fetched> {
  const { file, sha256 } = options;
  const part = `${file}.part`;
  const begun = (await stat(part).catch(() => null))?.size ?? 0;
  const hash = createHash("sha256");
  const fetched = await fetchInto({ ...options, part, begun, hash });
  const digest = hash.digest("hex");
  const name = nameOf(file);
  if (options.bytes !== null && fetched !== options.bytes) {
    await rm(part, { force: true });
    throw new ModelFailure("wrong_size", {
      file: name,
      found: String(fetched),
      wanted: String(options.bytes),
    });
  }
  if (sha256 !== null && digest !== sha256) {
    await rm(part, { force: true });
    throw new ModelFailure("wrong_digest", { file: name });
  }
  await rename(part, file);
  return { bytes: fetched, sha256: digest };
}

type Into = Options & { part: string; begun: number; hash: Hash };

async function fetchInto(into: Into): Promise<number> {
  const { url, file, part, bytes, hash, silentMs = SILENT_MS } = into;
  const patience = new Patience(silentMs);
  // one that is there already is not asked for again: a server says 416 to a range that begins at the end
  if (bytes !== null && into.begun === bytes) return hashOf(part, hash);
  try {
    const headers = into.begun > 0 ? { range: `bytes=${into.begun}-` } : {};
    let response = await fetch(url, { headers, signal: patience.signal });
    if (response.status === 416) {
      // longer than what the server has, or just as long: from the beginning
      await rm(part, { force: true });
      response = await fetch(url, { signal: patience.signal });
    }
    if (!response.ok || !response.body) throw refusal(response.status, file);
    const resumed = response.status === 206 && startOf(response) === into.begun;
    if (resumed) await hashOf(part, hash);
    const done = resumed ? into.begun : 0;
    const handle = await open(part, resumed ? "r+" : "w", 0o600);
    try {
      return await write({ response, handle, done, into, patience });
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof ModelFailure) throw error;
    if (isFull(error)) throw new ModelFailure("no_space", { needed: "?", free: "0" });
    const arrived = (await stat(part).catch(() => null))?.size ?? 0;
    throw new ModelFailure(arrived > 0 ? "truncated" : "unreachable", {
      file: nameOf(file),
      url: new URL(url).host,
    });
  } finally {
    patience.end();
  }
}

type Writing = { response: Response; handle: FileHandle; done: number; into: Into; patience: Patience };

async function write({ response, handle, done, into, patience }: Writing): Promise<number> {
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  const total = into.bytes ?? (Number.isNaN(length) ? null : done + length);
  let at = done;
  await handle.truncate(done);
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    patience.again();
    into.hash.update(chunk);
    await handle.write(chunk, 0, chunk.length, at);
    at += chunk.length;
    // a server that sends more than the file has would fill the disk
    if (into.bytes !== null && at > into.bytes) break;
    into.onProgress(at, total);
  }
  await handle.sync();
  if (total !== null && at < total) throw new ModelFailure("truncated", { file: nameOf(into.file), url: "" });
  return at;
}

/** Gives a line up that says nothing. */
class Patience {
  readonly #abort = new AbortController();
  readonly #ms: number;
  #timer: NodeJS.Timeout;

  constructor(ms: number) {
    this.#ms = ms;
    this.#timer = setTimeout(() => this.#abort.abort(), ms);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  again(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#abort.abort(), this.#ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

const refusal = (status: number, file: string): ModelFailure =>
  new ModelFailure(status === 404 ? "not_there" : "refused", { file: nameOf(file), status: String(status) });

/** Where a part of a file begins that a server sends; null when it does not say. */
function startOf({ headers }: Response): number | null {
  const start = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1];
  return start === undefined ? null : Number(start);
}

/** Takes a file into a hash; returns its length. */
export async function hashOf(file: string, hash: Hash): Promise<number> {
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return bytes;
}

const nameOf = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;
export const isFull = (error: unknown): boolean =>
  ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException)?.code ?? "");
