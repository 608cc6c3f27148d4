import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { constants, setPriority } from "node:os";
import type { AudioFormat, AudioTools } from "#contract";

/** What is to be made of what. A WAV has 44 bytes of header, then 16-bit samples. */
export type Conversion = {
  from: string;
  fromFormat: AudioFormat;
  to: string;
  toFormat: "flac" | "opus";
  channels: number;
  sampleRate: number;
  durationSeconds: number;
};

/** Two voices that stay apart need 48 kbit/s: below 32 Opus folds the sides into one. */
const OPUS_RATE = { one: "24k", two: "48k" };
/** Opus works at this rate, whatever it was given. */
const OPUS_HZ = 48_000;
const WAV_HEADER_BYTES = 44;
/** How far a converted call's length may be off, in seconds. */
const LENGTH_SLACK = 0.25;
/** Which programs there are is asked again after so long, in ms: an admin may install one meanwhile. */
const FRESH_MS = 60_000;

/** Makes audio smaller with the machine's own `flac` and `ffmpeg`, and proves what it has made. */
export function audioConverter(clock: () => Date) {
  let known: { at: number; programs: Promise<Programs> } | null = null;
  const programs = (): Promise<Programs> => {
    const now = clock().getTime();
    if (known && Math.abs(now - known.at) < FRESH_MS) return known.programs;
    known = { at: now, programs: findPrograms() };
    return known.programs;
  };

  async function encode({ from, to, toFormat, channels }: Conversion, signal: AbortSignal): Promise<void> {
    const { flac } = await programs();
    const rate = channels === 1 ? OPUS_RATE.one : OPUS_RATE.two;
    if (toFormat === "opus")
      await run(
        "ffmpeg",
        [...ffmpegFrom(from), ..."-c:a libopus -vbr on -f ogg -b:a".split(" "), rate, to],
        signal,
      );
    else if (flac) await run("flac", ["--silent", "--force", "--verify", "-o", to, "--", from], signal);
    else await run("ffmpeg", [...ffmpegFrom(from), "-c:a", "flac", "-f", "flac", to], signal);
  }

  /** @throws when the samples of a FLAC are not those of the WAV, or an Opus file does not have its length */
  async function prove(made: Conversion, signal: AbortSignal): Promise<void> {
    const { flac } = await programs();
    const decoded = await (made.toFormat === "flac" && flac
      ? listen(
          "flac",
          ["-dcs", ..."--force-raw-format --endian=little --sign=signed --".split(" "), made.to],
          signal,
        )
      : listen("ffmpeg", [...ffmpegFrom(made.to), "-f", "s16le", "-c:a", "pcm_s16le", "-"], signal));
    if (made.toFormat === "flac") {
      const original = await samplesOf(made.from);
      if (decoded.digest !== original.digest) throw new Error("the FLAC does not have the WAV's samples");
      return;
    }
    const seconds = decoded.bytes / (OPUS_HZ * made.channels * 2);
    if (Math.abs(seconds - made.durationSeconds) > LENGTH_SLACK)
      throw new Error("the Opus file does not have the recording's length");
  }

  return {
    /** Which conversions can be made here. */
    tools: async (): Promise<AudioTools> => {
      const { flac, ffmpeg, libopus } = await programs();
      return { flac: flac || ffmpeg, opus: libopus };
    },
    /** Makes the file and decodes it again to prove it. One processor's spare time, both sides kept apart. */
    async convert(what: Conversion, signal: AbortSignal): Promise<void> {
      await encode(what, signal);
      await prove(what, signal);
    },
  };
}
export type AudioConverter = ReturnType<typeof audioConverter>;

type Programs = { flac: boolean; ffmpeg: boolean; libopus: boolean };

async function findPrograms(): Promise<Programs> {
  const never = new AbortController().signal;
  const said = (program: string, args: string[]): Promise<string> =>
    listen(program, args, never, true).then(
      ({ text }) => text,
      () => "",
    );
  const [flac, encoders] = await Promise.all([
    said("flac", ["--version"]),
    said("ffmpeg", ["-hide_banner", "-encoders"]),
  ]);
  return { flac: flac !== "", ffmpeg: encoders !== "", libopus: /\blibopus\b/.test(encoders) };
}

const ffmpegFrom = (file: string): string[] => [
  ..."-nostdin -v error -xerror -y -threads 1 -i".split(" "),
  `file:${file}`,
];

/** Starts a program that gets what the machine has to spare. */
function start(program: string, args: string[], signal: AbortSignal): ChildProcess {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"], signal, windowsHide: true });
  try {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  } catch {
    // it has ended already, or the system does not let us: then it runs as others do
  }
  return child;
}

const ended = (child: ChildProcess, program: string): Promise<void> =>
  new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => (code === 0 ? done() : failed(new Error(`${program} ended with ${code}`))));
  });

async function run(program: string, args: string[], signal: AbortSignal): Promise<void> {
  const child = start(program, args, signal);
  child.stdout?.resume();
  await ended(child, program);
}

/** What a program writes: how much, its digest, and on request the text itself. */
async function listen(
  program: string,
  args: string[],
  signal: AbortSignal,
  keep = false,
): Promise<{ bytes: number; digest: string; text: string }> {
  const child = start(program, args, signal);
  const hash = createHash("sha256");
  let [bytes, text] = [0, ""];
  child.stdout?.on("data", (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
    if (keep) text += chunk.toString("latin1");
  });
  await ended(child, program);
  return { bytes, digest: hash.digest("hex"), text };
}

async function samplesOf(wav: string): Promise<{ digest: string }> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(wav, { start: WAV_HEADER_BYTES }) as AsyncIterable<Buffer>)
    hash.update(chunk);
  return { digest: hash.digest("hex") };
}
