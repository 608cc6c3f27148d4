import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { person, safeName, type Job, type Language, type Person } from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { Deps } from "../deps.ts";
import { outcomeNames } from "../dispositions/dispositions.ts";
import { AppError } from "../errors.ts";
import { wordsIn } from "../exports/words.ts";
import type { Actor } from "../http/context.ts";
import type { Jobs, Made, Run } from "../jobs/jobs.ts";
import { writeZip, type ZipEntry } from "../jobs/zip.ts";
import { batches, type Everything, type Persons } from "./persons.ts";
import { page, type Told } from "./page.ts";
import { personQueries } from "./queries.ts";
import { texts } from "./texts.ts";

export type Expediente = ReturnType<typeof createExpediente>;

type Words = (typeof texts)[Language];
type Recorded = Awaited<ReturnType<ReturnType<typeof personQueries>["recordings"]>>[number];
type Line = Awaited<ReturnType<ReturnType<typeof personQueries>["lines"]>>[number];

/** Everything of one person as one ZIP, to hand over: sound, words, and what was noted. */
export function createExpediente(
  { store, recordings: audio, config, clock }: Deps,
  { audit, jobs, persons }: { audit: Audit; jobs: Jobs; persons: Persons },
) {
  const queries = personQueries(store);

  /** What is handed over: a page to begin with, everything as it is kept, sound and words. */
  async function* entries(of: Everything, language: Language, run: Run): AsyncGenerator<ZipEntry> {
    const words = texts[language];
    const calls: unknown[] = [];
    const told: Told[] = [];
    const at = clock();
    const clipNames = new Set<string>();
    const { word, disposition } = wordsIn(language, await outcomeNames(store));
    yield { name: words.readme.name, from: words.readme.text(at.toISOString()) };
    const contacts = of.contactIds.length === 0 ? [] : await queries.contacts(of.contactIds);
    yield { name: words.files.person, from: json({ phones: of.phones, contacts }) };
    let done = 0;
    for (const ids of batches(of.calls)) {
      const [found, recordings, lines, asks, marks, corrections, clips] = await Promise.all([
        queries.calls(ids),
        queries.recordings(ids),
        queries.lines(ids),
        queries.asks(ids),
        queries.marks(ids),
        queries.corrections(ids),
        queries.clips(ids),
      ]);
      const linesOf = Map.groupBy(lines, ({ callId }) => callId);
      for (const { call, agentName } of found) {
        run.signal.throwIfAborted();
        const { searchText: _, startDigest: _s, endDigest: _e, ...own } = call;
        const recording = recordings.find(({ callId }) => callId === call.id);
        calls.push({
          ...own,
          agentName,
          recording: recording && { ...recording, peaks: undefined, glance: undefined },
          asks: asks.filter(({ callId }) => callId === call.id),
          marks: marks.filter(({ callId }) => callId === call.id),
          corrections: corrections.filter(({ subjectId }) => subjectId === call.id),
        });
        const said = linesOf.get(call.id) ?? [];
        const stem = call.startedAt.toISOString().slice(0, 19).replaceAll(":", "");
        const spokenFile = said.length > 0 ? `${words.files.words}/${stem}.txt` : null;
        told.push({
          at: call.startedAt,
          agent: agentName,
          facts: factsOf(words, [
            ["direction", word(call.direction)],
            ["talk", call.talkSeconds === null ? null : clockOf(call.talkSeconds * 1000)],
            ["campaign", call.campaign],
            ["outcome", disposition(call.campaign, call.disposition) ?? word(call.outcome)],
            ["consent", words.consent[call.consent]],
            ["notes", call.notes],
            ["comments", textsOf(marks.filter(({ callId }) => callId === call.id))],
          ]),
          sound: recording ? `${words.files.audio}/${nameOf(recording)}` : null,
          words: spokenFile,
          said: spoken(said, words.sides),
        });
        if (spokenFile) yield { name: spokenFile, from: spoken(said, words.sides) };
        if (recording) yield* sound(recording, words.files.audio);
        run.progress(++done, of.calls.length);
      }
      for (const { file, title } of clips)
        yield {
          name: `${words.files.clips}/${unusedName(safeName(title, words.files.clips), clipNames)}.wav`,
          from: createReadStream(join(config.DATA_FOLDER, "clips", file)),
        };
    }
    yield { name: words.files.calls, from: json(calls) };
    const { TIME_ZONE: timeZone } = config;
    const from = page(told, of.phones, { at, timeZone, language, texts: words.page });
    yield { name: "index.html", from };
  }

  async function* sound(recording: Recorded, folder: string): AsyncGenerator<ZipEntry> {
    const stream = await audio.read(recording.file).catch((error: unknown) => {
      // what the disk has lost is told by its absence; the rest is handed over all the same
      if (error instanceof AppError && error.code === "not_found") return null;
      throw error;
    });
    if (!stream) return;
    yield {
      name: `${folder}/${nameOf(recording)}`,
      from: Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]),
      packed: recording.format !== "wav",
    };
  }

  async function run(job: Run): Promise<Made> {
    if (job.actor.role !== "admin") throw new AppError("forbidden");
    const everything = await persons.find(person.parse(job.input));
    job.progress(0, everything.calls.length);
    const file = "expediente.zip";
    await writeZip(join(job.folder, file), entries(everything, job.actor.language, job), job.signal);
    const subject = everything.contactIds[0];
    await audit.note(job.actor, {
      action: "person_exported",
      ...(subject !== undefined && { subject: { kind: "contact" as const, id: subject } }),
    });
    return { file, fileName: `expediente_${clock().toISOString().slice(0, 10)}.zip` };
  }
  jobs.handle("expediente", run);

  return {
    /** Begins to gather it. @throws not_found, invalid */
    async gather(actor: Actor, of: Person): Promise<Job> {
      await persons.find(of);
      return jobs.add(actor, "expediente", of);
    },
  };
}

const nameOf = ({ file, callId }: Recorded): string => file.split("/").at(-1) ?? callId;

/** Two of one name would be one file where the ZIP is unpacked. */
function unusedName(wanted: string, used: Set<string>): string {
  let name = wanted;
  for (let n = 2; used.has(name); n++) name = `${wanted} ${n}`;
  used.add(name);
  return name;
}

/** Those that are known, by their labels. */
const factsOf = (words: Words, facts: [keyof Words["facts"], string | null][]): Told["facts"] =>
  facts.flatMap(([name, value]) => (value ? [[words.facts[name], value] as [string, string]] : []));

const textsOf = (marks: { text: string | null }[]): string =>
  marks.flatMap(({ text }) => (text ? [text] : [])).join(" · ");

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const spoken = (lines: Line[], sides: Record<Line["side"], string>): string =>
  lines.map(({ fromMs, side, text }) => `[${clockOf(fromMs)}] ${sides[side]}: ${text}\n`).join("");

const clockOf = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;
