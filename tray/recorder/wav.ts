import { constants, type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import wavefile from "wavefile";
import { type Log, reason } from "../log.ts";
import { SAMPLE_RATE } from "./segment.ts";
import type { Span } from "./track.ts";

/** Bytes before the sound. */
export const HEADER_BYTES = 44;
const SAMPLE_BYTES = 2;
/** RIFF's sizes have 32 bits: 6 h 45 min in stereo. */
const MOST_BYTES = 0xffff_ffff - SAMPLE_RATE * 4;
/** What a full disk may keep waiting in memory: three minutes in stereo. */
const MOST_WAITING = 32 * 1024 * 1024;

export type Channels = 1 | 2;

/** The header of a WAV whose sound has `dataBytes`. */
export function wavHeader(channels: Channels, dataBytes: number): Buffer {
  const wav = new wavefile.WaveFile();
  wav.fromScratch(channels, SAMPLE_RATE, "16", new Int16Array(0));
  const header = Buffer.from(wav.toBuffer());
  header.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  header.writeUInt32LE(dataBytes, HEADER_BYTES - 4);
  return header;
}

/**
 * A WAV that grows and can be played at every moment: its header is written once, its sizes follow each second.
 * Methods are called one after the other, each when the one before has resolved.
 */
export class GrowingWav {
  readonly #handle: FileHandle;
  readonly #channels: Channels;
  readonly #log: Log;
  #waiting: Buffer[] = [];
  #written = HEADER_BYTES;
  #safe = HEADER_BYTES;
  #failing = false;
  /** Frames taken so far, and those of them that were dropped, each with where. */
  #taken = 0;
  readonly #dropped: Span[] = [];

  private constructor(handle: FileHandle, channels: Channels, log: Log) {
    this.#handle = handle;
    this.#channels = channels;
    this.#log = log;
  }

  /**
   * Makes the file and its folder.
   * @throws Error when that cannot be done, or the file is already there: a recording is never overwritten
   */
  static async create(file: string, channels: Channels, log: Log): Promise<GrowingWav> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
    const handle = await open(file, flags, 0o600);
    try {
      await handle.write(wavHeader(channels, 0), 0, HEADER_BYTES, 0);
      await handle.sync();
      await syncFolder(dirname(file));
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new GrowingWav(handle, channels, log);
  }

  /** Bytes that are on the disk, header included. */
  get safe(): number {
    return this.#safe;
  }

  /** Takes interleaved samples; `write` brings them to the file. What would not fit a WAV is dropped. */
  append(samples: Int16Array): void {
    if (samples.length === 0) return;
    const waiting = this.#waiting.reduce((sum, { length }) => sum + length, 0);
    const from = this.#taken;
    this.#taken += samples.length / this.#channels;
    if (waiting > MOST_WAITING || this.#written + waiting > MOST_BYTES) {
      this.#dropped.push({ from, to: this.#taken });
      return;
    }
    this.#waiting.push(Buffer.from(samples.buffer, samples.byteOffset, samples.length * SAMPLE_BYTES));
  }

  /**
   * Makes frames silent that were taken, on the disk and in memory, and brings that onto the disk.
   * @returns where they lie in the file, in bytes
   * @throws Error when the file cannot be written: what was said there is still in it
   */
  async silence({ from, to }: Span): Promise<{ fromByte: number; toByte: number }> {
    const byteAt = (frame: number) =>
      HEADER_BYTES + this.#placeOf(Math.min(frame, this.#taken)) * this.#channels * SAMPLE_BYTES;
    const [fromByte, toByte] = [byteAt(from), byteAt(to)];
    let at = this.#written;
    for (const buffer of this.#waiting) {
      const inside = (byte: number) => Math.min(buffer.length, Math.max(0, byte - at));
      buffer.fill(0, inside(fromByte), inside(toByte));
      at += buffer.length;
    }
    const written = Math.min(toByte, this.#written) - fromByte;
    if (written > 0) {
      await writeAll(this.#handle, Buffer.alloc(written), fromByte);
      await this.#handle.datasync();
    }
    return { fromByte, toByte };
  }

  /** Which frame of the file a frame that was taken is. */
  #placeOf(frame: number): number {
    const before = this.#dropped.map(({ from, to }) => Math.max(0, Math.min(frame, to) - from));
    return frame - before.reduce((sum, frames) => sum + frames, 0);
  }

  /** Writes what waits. On a full disk it keeps waiting, for the next time. Never rejects. */
  async write(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [bytes];
    await this.#attempt(async () => {
      await writeAll(this.#handle, bytes, this.#written);
      this.#written += bytes.length;
      this.#waiting.shift();
    });
  }

  /** Brings the sizes in the header up to date and everything onto the disk. Never rejects. */
  async save(): Promise<void> {
    await this.write();
    await this.#attempt(async () => {
      const header = wavHeader(this.#channels, this.#written - HEADER_BYTES);
      await this.#handle.write(header, 0, HEADER_BYTES, 0);
      await this.#handle.datasync();
      this.#safe = this.#written;
    });
  }

  /** @throws Error when the file cannot be closed */
  async close(): Promise<void> {
    await this.save();
    await this.#handle.truncate(this.#written);
    await this.#handle.sync();
    await this.#handle.close();
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#log(`the recording cannot be written: ${reason(error)}`);
      this.#failing = true;
    }
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Makes a new name in a folder survive a power failure; Windows does so by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
