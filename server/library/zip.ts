import { join } from "node:path";
import { Readable } from "node:stream";
import { stringify } from "csv-stringify/sync";
import {
  MOST_ZIPPED,
  recordingsZipInput,
  type Job,
  type Language,
  type Recording,
  type RecordingsZipInput,
} from "#contract";
import { z } from "zod";
import type { Audit } from "../audit/audit.ts";
import { safeCell } from "../contacts/columns.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { Jobs, Made, Run } from "../jobs/jobs.ts";
import { writeZip, type ZipEntry } from "../jobs/zip.ts";
import { sidecarOf } from "../recordings/store.ts";
import type { Library } from "./library.ts";
import { zipTexts } from "./zip.texts.ts";

export type Zips = ReturnType<typeof createZips>;

/** The most sound in one ZIP, in bytes: about 30 hours. */
const MOST_BYTES = 20_000_000_000;

const jobInput = z.object({ wanted: recordingsZipInput, timeZone: z.string() });

/** Many recordings at once, as a ZIP that a job makes. */
export function createZips(
  { recordings: audio }: Pick<Deps, "recordings">,
  { library, jobs, audit }: { library: Library; jobs: Jobs; audit: Audit },
) {
  /** @throws zip_too_large */
  async function wantedBy(
    actor: Actor,
    { filter, callIds }: RecordingsZipInput,
    timeZone: string,
  ): Promise<Recording[]> {
    if (callIds) return within(await library.some(actor, callIds));
    const found: Recording[] = [];
    for await (const recording of library.all(actor, filter ?? {}, timeZone)) {
      found.push(recording);
      if (found.length > MOST_ZIPPED) break;
    }
    return within(found);
  }

  /** Each file with its sidecar, and what they are at the end; noted before its first byte. */
  async function* entries(
    { actor, signal, progress }: Run,
    wanted: Recording[],
    heard: (bytes: number) => void,
  ): AsyncGenerator<ZipEntry> {
    const rows: string[][] = [];
    for (const recording of wanted) {
      signal.throwIfAborted();
      const { callId, file } = recording;
      await audit.note(actor, { action: "recording_downloaded", subject: { kind: "recording", id: callId } });
      const sound = await present(audio.read(file));
      if (sound) yield { name: file, from: counted(sound, heard), packed: true };
      const note = sound && (await present(audio.read(sidecarOf(file))));
      if (note) yield { name: sidecarOf(file), from: Readable.from(note) };
      rows.push(rowOf(recording, sound ? file : ""));
    }
    yield { name: zipTexts[actor.language].index, from: table(rows, actor.language) };
    progress(total(wanted), total(wanted));
  }

  jobs.handle("recordings_zip", async (run: Run): Promise<Made> => {
    const { wanted, timeZone } = jobInput.parse(run.input);
    const found = await wantedBy(run.actor, wanted, timeZone);
    await audit.note(run.actor, { action: "exported", subject: { kind: "job", id: run.id } });
    const { zip: fileName } = zipTexts[run.actor.language];
    let done = 0;
    const heard = (bytes: number) => run.progress((done += bytes), total(found));
    await writeZip(join(run.folder, "recordings.zip"), entries(run, found, heard), run.signal);
    return { file: "recordings.zip", fileName };
  });

  return {
    /** Its progress is in bytes of sound. @throws zip_too_large with how many there are, too_many_jobs */
    async ask(actor: Actor, wanted: RecordingsZipInput, timeZone: string): Promise<Job> {
      await wantedBy(actor, wanted, timeZone);
      return jobs.add(actor, "recordings_zip", { wanted, timeZone });
    },
  };
}

const total = (recordings: Recording[]): number => recordings.reduce((sum, { bytes }) => sum + bytes, 0);

function within(found: Recording[]): Recording[] {
  const bytes = total(found);
  if (found.length <= MOST_ZIPPED && bytes <= MOST_BYTES) return found;
  const message = `${found.length} recordings of ${bytes} bytes; at the most ${MOST_ZIPPED} of ${MOST_BYTES}`;
  throw new AppError("zip_too_large", { errors: [{ path: "filter", message }] });
}

/** Null for a file that retention has taken meanwhile. */
async function present<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

/** What passes is told as it passes. */
const counted = (sound: ReadableStream<Uint8Array>, heard: (bytes: number) => void): Readable =>
  Readable.from(
    (async function* () {
      for await (const chunk of sound) {
        heard(chunk.byteLength);
        yield chunk;
      }
    })(),
    { objectMode: false },
  );

const rowOf = (recording: Recording, file: string): string[] => [
  file,
  recording.agentName,
  recording.contact.name ?? "",
  recording.contact.phone ?? "",
  recording.campaign ?? "",
  recording.dispositionName ?? recording.disposition ?? "",
  recording.startedAt,
  String(recording.durationSeconds),
  String(recording.bytes),
];

/** As Excel opens it with a double click; what looks like a formula is data. */
function table(rows: string[][], language: Language): string {
  const all = [zipTexts[language].heads, ...rows.map((row) => row.map(safeCell))];
  const delimiter = language === "es" ? ";" : ",";
  return `\uFEFF${stringify(all, { delimiter, record_delimiter: "\r\n" })}`;
}
