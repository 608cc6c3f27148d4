import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { type FileHandle, open, rm, stat } from "node:fs/promises";
import wavefile from "wavefile";
import { completenessOf, type Gap, gap, type RecordingMetadata, recordingMetadata } from "#contract";
import { z } from "zod";
import { readIfThere, writePrivate } from "../files.ts";
import type { Recorded } from "../ports.ts";
import { SAMPLE_RATE } from "./segment.ts";
import { type Channels, HEADER_BYTES, wavHeader } from "./wav.ts";

/** Where the metadata of a WAV lies. */
export const sidecarOf = (file: string): string => `${file.replace(/\.wav$/, "")}_metadata.json`;

/** Where the gaps of a recording in progress are noted; gone with its sidecar. */
export const gapsOf = (file: string): string => `${file}.gaps`;

/** What was seen while it was recorded; of what a crash cut off perhaps nothing. */
type Seen = Pick<RecordingMetadata, "gaps" | "sides">;

/**
 * Describes a closed WAV and writes its sidecar beside it, whole or not at all.
 * @throws Error when the file cannot be read or the sidecar not written
 */
export async function describe(file: string, channels: Channels, { gaps, sides }: Seen): Promise<Recorded> {
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
    ...(sides && { sides }),
  };
  writePrivate(sidecarOf(file), `${JSON.stringify(metadata, null, 2)}\n`);
  await rm(gapsOf(file), { force: true });
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
  return describe(file, channels, { gaps: notedGaps(file, channels) });
}

/** Those that were noted within a second before a crash; undefined where nobody knows. */
function notedGaps(file: string, channels: Channels): Gap[] | undefined {
  const noted = z.array(gap).safeParse(parse(readIfThere(gapsOf(file))));
  if (!noted.success) return undefined;
  const end = (statSync(file).size - HEADER_BYTES) / (SAMPLE_RATE * channels * 2);
  const inside = noted.data.filter(({ from }) => from < end);
  return inside.map((one) => ({ ...one, to: Math.min(one.to, end) }));
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
  return recordingMetadata.safeParse(parse(readIfThere(sidecarOf(file)))).data ?? null;
}

/** What a power failure left half written is nothing. */
function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return hash.digest("hex");
}
