import type { ClipInput } from "#contract";
import { AppError } from "../../errors.ts";
import type { RecordingStore } from "../../recordings/store.ts";

/** A stored WAV of 16 bits with the plain header of 44 bytes, as every recording is. */
export type Wav = { file: string; bytes: number; sampleRate: number; channels: number };

const HEADER_BYTES = 44;
const SAMPLE_BYTES = 2;

/** The header of a WAV of 16 bits with so many bytes of sound (RIFF, PCM). */
function header(bytes: number, { sampleRate, channels }: Wav): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  const frame = channels * SAMPLE_BYTES;
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * frame, 28);
  head.writeUInt16LE(frame, 32);
  head.writeUInt16LE(SAMPLE_BYTES * 8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(bytes, 40);
  return head;
}

/**
 * A piece of a WAV as a WAV, sample by sample the same. It ends where the recording ends.
 * @throws invalid where it begins after that
 */
export async function* cut(
  store: Pick<RecordingStore, "read">,
  wav: Wav,
  { fromMs, toMs }: Pick<ClipInput, "fromMs" | "toMs">,
): AsyncGenerator<Uint8Array> {
  const frame = wav.channels * SAMPLE_BYTES;
  const at = (ms: number) => HEADER_BYTES + Math.round((ms * wav.sampleRate) / 1000) * frame;
  const end = HEADER_BYTES + Math.floor((wav.bytes - HEADER_BYTES) / frame) * frame;
  const [from, to] = [at(fromMs), Math.min(at(toMs), end)];
  if (from >= to) throw new AppError("invalid", { errors: [{ path: "fromMs", message: "after the end" }] });
  yield header(to - from, wav);
  yield* await store.read(wav.file, { from, to: to - 1 });
}
