import type { AudioFormat } from "#contract";

/** A piece of a stored recording: bytes `from` to `to`, both included. */
export type Span = { from: number; to: number };

/** Where audio lives: a folder, or later a bucket. */
export interface RecordingStore {
  /**
   * Keeps one part; replaces an earlier one of the same number, which `known` says there is. Durable when it
   * resolves, save the sketch. What is refused leaves an earlier part as it was.
   * @throws AppError too_large; what `accept` throws
   */
  putPart(callId: string, n: number, known: boolean, arriving: Arriving): Promise<Received>;
  /** What `accept` gave for each part, by number. Some may be torn, missing or of another part. */
  sketches(callId: string): Promise<Uint8Array[]>;
  /**
   * Makes the parts of a call one `file` of `whole.bytes`, with a note beside it, both durable when it resolves.
   * `check` sees all the audio in order and throws to refuse it: then the parts stay as they are. It can be
   * repeated, also when the parts are gone because it succeeded.
   */
  assemble(callId: string, whole: Whole, file: string, note: Note, check: AudioCheck): Promise<void>;
  /** Removes the parts of a call. Idempotent. */
  dropParts(callId: string): Promise<void>;
  /** The stored file, or a span of it. Rejects with AppError not_found when it is absent. */
  read(file: string, span?: Span): Promise<ReadableStream<Uint8Array>>;
  /**
   * Makes `target` of a stored file, durable when it resolves; the stored one stays. `make` reads the first local file
   * and writes the second; what it throws leaves no target. Repeating it replaces the target.
   * Rejects with AppError not_found when the stored file is absent.
   */
  convert(file: string, target: string, make: (from: string, to: string) => Promise<void>): Promise<Received>;
  /** Whether this file lies there. */
  has(file: string): Promise<boolean>;
  /** Replaces the small text beside a recording; durable when it resolves. */
  putNote(note: Note): Promise<void>;
  /** Removes these files and the folders that become empty by it; durable when it resolves. Idempotent. */
  remove(files: string[]): Promise<void>;
  /** Free bytes where recordings lie; null where nobody can tell. */
  freeBytes(): Promise<number | null>;
  /** Removes what a conversion that was cut off has left behind; called when nothing is being converted. */
  tidy(): Promise<void>;
  /** Rejects when nothing can be stored. */
  check(): Promise<void>;
}

const STEM = /\.(wav|flac|opus)$/;
/** How the web calls each format's bytes. */
export const mediaTypes: Record<AudioFormat, string> = {
  wav: "audio/wav",
  flac: "audio/flac",
  opus: "audio/ogg",
};
/** Where a recording's file lies once it has another format. */
export const fileAs = (file: string, format: AudioFormat): string => file.replace(STEM, `.${format}`);
/** Where the small text beside a recording lies, whatever its format. */
export const sidecarOf = (file: string): string => file.replace(STEM, "_metadata.json");

/** How many parts there are, and how long they are together. */
export type Whole = { parts: number; bytes: number };

/** A small text beside the audio: its sidecar. */
export type Note = { file: string; text: string };

/** Audio is shown in pieces of so many bytes or a multiple, save the last. Ext4 takes whole mebibytes in more slowly. */
export const PIECE_BYTES = 1 << 18;

/**
 * A part on its way, of at most `limit` bytes. `see` gets its pieces in order; `accept` throws to refuse what arrived,
 * or gives the sketch, SKETCH_BYTES long, to keep beside it.
 */
export type Arriving = {
  body: AsyncIterable<Uint8Array>;
  limit: number;
  see: (piece: Uint8Array) => void;
  accept: (received: Received) => Uint8Array;
};

/** What arrived: bytes and SHA-256 (hex). */
export type Received = { bytes: number; sha256: string };

/** Sees each piece of the audio, then says in `end` whether it is what was announced. */
export interface AudioCheck {
  write(piece: Uint8Array): void;
  end(): void;
}
