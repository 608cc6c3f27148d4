import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import wavefile from "wavefile";
import { completenessOf, type Gap, type RecordingMetadata, recordingMetadata } from "#contract";
import { readIfThere, writePrivate } from "../files.ts";
import type { Recorded } from "../ports.ts";
import { SAMPLE_RATE } from "./segment.ts";
import { type Channels, HEADER_BYTES, wavHeader } from "./wav.ts";

/** Where the metadata of a WAV lies. */
export const sidecarOf = (file: string): string => `${file.replace(/\.wav$/, "")}_metadata.json`;

/**
 * Describes a closed WAV and writes its sidecar beside it, whole or not at all.
 * @param gaps undefined when nobody knows them
 * @throws Error when the file cannot be read or the sidecar not written
 */
export async function describe(file: string, channels: Channels, gaps?: Gap[]): Promise<Recorded> {
  const { size } = await stat(file);
  const durationSeconds = (size - HEADER_BYTES) / (SAMPLE_RATE * channels * 2);
  const metadata: RecordingMetadata = {
    sampleRate: SAMPLE_RATE,
    channels,
    bitsPerSample: 16,
    durationSeconds,
    bytes: size,
    sha256: await digestOf(file),
    ...(gaps && { gaps, completeness: completenessOf(durationSeconds, channels, gaps) }),
  };
  writePrivate(sidecarOf(file), `${JSON.stringify(metadata, null, 2)}\n`);
  return { file, metadata };
}

/**
 * Mends a WAV that a crash left: sizes from its length, an odd tail cut, sidecar written. A finished one stays
 * as it is, with the gaps that its sidecar knows.
 * @throws Error when there is no such file, or it cannot be written
 */
export async function mend(file: string): Promise<Recorded> {
  const handle = await open(file, "r+");
  let channels: Channels;
  try {
    channels = await mendHeader(handle);
  } finally {
    await handle.close();
  }
  const known = readSidecar(file);
  if (known && known.sha256 === (await digestOf(file))) return { file, metadata: known };
  return describe(file, channels);
}

async function mendHeader(handle: FileHandle): Promise<Channels> {
  const { size } = await handle.stat();
  const found = Buffer.alloc(HEADER_BYTES);
  await handle.read(found, 0, HEADER_BYTES, 0);
  const channels = channelsOf(found);
  const frameBytes = channels * 2;
  const frames = Math.max(0, Math.floor((size - HEADER_BYTES) / frameBytes));
  const header = wavHeader(channels, frames * frameBytes);
  const bytes = HEADER_BYTES + frames * frameBytes;
  if (found.equals(header) && size === bytes) return channels;
  await handle.write(header, 0, HEADER_BYTES, 0);
  await handle.truncate(bytes);
  await handle.sync();
  return channels;
}

/** Only the header is given to wavefile: it would hold the whole call in memory. */
function channelsOf(header: Buffer): Channels {
  const wav = new wavefile.WaveFile();
  try {
    wav.fromBuffer(header, false);
  } catch {
    // A power failure can leave a header of zeros; what lies behind it is a call like any other.
    return 2;
  }
  return "numChannels" in wav.fmt && wav.fmt.numChannels === 1 ? 1 : 2;
}

function readSidecar(file: string): RecordingMetadata | null {
  try {
    return recordingMetadata.parse(JSON.parse(readIfThere(sidecarOf(file)) ?? "null"));
  } catch {
    return null;
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return hash.digest("hex");
}
