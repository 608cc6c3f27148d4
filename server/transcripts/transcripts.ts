import type { z } from "zod";
import {
  personalKind,
  type PersonalKind,
  type ShownLine,
  type Transcript,
  type transcriptInput,
  type TranscriptKept,
  type WordErrors,
} from "#contract";
import type { Audit } from "../audit/audit.ts";
import { scopeOf } from "../auth/scope.ts";
import type { Calls } from "../calls/calls.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { maskLine } from "../privacy/masking.ts";
import type { Library } from "../library/library.ts";
import type { Teams } from "../teams/teams.ts";
import { hidden } from "./hiding.ts";
import { transcriptQueries, type LineRow, type NewLine } from "./queries.ts";
import { talkOf } from "./talk.ts";
import { searchWords, wordErrorsOf } from "./words.ts";

export type Transcripts = ReturnType<typeof createTranscripts>;

/** Fewer corrected lines than this say nothing of a recogniser. */
const ENOUGH_LINES = 20;

/** What was said in calls: it comes in line by line, is read, and corrected by those whose call it was. */
export function createTranscripts(
  { store, clock }: Pick<Deps, "store" | "clock">,
  {
    calls,
    teams,
    audit,
    library,
  }: {
    calls: Pick<Calls, "get" | "visible">;
    teams: Pick<Teams, "listening">;
    audit: Pick<Audit, "note" | "noteOnce">;
    library: Pick<Library, "reword">;
  },
) {
  const queries = transcriptQueries(store);

  return {
    /**
     * Keeps lines without their personal data; those that are here already stay as they are.
     * @throws not_found, listening_off, line_taken with the lines that are here with another text: the rest is kept
     */
    async keep(
      actor: Actor,
      callId: string,
      input: z.output<typeof transcriptInput>,
    ): Promise<TranscriptKept> {
      await calls.visible({ by: "agent", id: actor.userId }, callId);
      if (!(await teams.listening(actor)).allowed) throw new AppError("listening_off");
      const sent = hidden(input.lines, actor.language).map(({ line, masked: { text, kinds } }): NewLine => ({
        ...line,
        callId,
        text,
        searchText: searchTextOf(text),
        masked: kinds.join(" "),
      }));
      await queries.keep(callId, input, sent);
      await library.reword(callId);
      const numbers = sent.map(({ n }) => n);
      const kept = new Map((await queries.numbered(callId, numbers)).map((line) => [line.n, line]));
      const errors = sent.flatMap((line, i) =>
        isAnother(line, kept.get(line.n)) ? [{ path: `lines.${i}`, message: `${line.n} is taken` }] : [],
      );
      if (errors.length > 0) throw new AppError("line_taken", { errors });
      return { lines: [...kept.values()].map(({ n, masked }) => ({ n, masked: kindsOf(masked) })) };
    },

    /** What was said in a call that the actor may see; without lines where nothing was written. @throws not_found */
    async get(actor: Actor, callId: string): Promise<Transcript> {
      await calls.get(actor, callId);
      await audit.noteOnce(actor, { action: "transcript_read", subject: { kind: "call", id: callId } });
      const [by, lines] = await Promise.all([queries.writtenBy(callId), queries.all(callId)]);
      const { engine, model } = by ?? { engine: null, model: null };
      return { callId, engine, model, lines: lines.map(shown), talk: talkOf(lines) };
    },

    /**
     * What was really said, by the call's agent or their supervisor; what the recogniser wrote stays.
     * @throws not_found, forbidden
     */
    async correct(actor: Actor, callId: string, n: number, input: string): Promise<ShownLine> {
      const call = await calls.get(actor, callId);
      if (call.agentId !== actor.userId && actor.role !== "supervisor") throw new AppError("forbidden");
      const [line] = await queries.numbered(callId, [n]);
      if (!line) throw new AppError("not_found");
      const { text, kinds } = maskLine(input.toWellFormed(), actor.language);
      const known = kindsOf(line.masked);
      const row = await queries.correct(callId, n, {
        text,
        searchText: searchTextOf(text),
        // the audio has what the original had, whatever the correction says
        masked: personalKind.options.filter((kind) => [...known, ...kinds].includes(kind)).join(" "),
        correctedBy: actor.userId,
        correctedAt: clock(),
        ...wordErrorsOf(text, line.original ?? line.text),
      });
      await library.reword(callId);
      await audit.note(actor, { action: "transcript_corrected", subject: { kind: "call", id: callId } });
      return shown(row ?? line);
    },

    /** How good the recogniser is, in the calls that the actor may see. */
    async wordErrors(actor: Actor): Promise<WordErrors> {
      const found = await queries.wordErrors(scopeOf(actor));
      const enough = found.lines >= ENOUGH_LINES && found.words > 0;
      return { ...found, rate: enough ? found.errors / found.words : null };
    },
  };
}

const searchTextOf = (text: string): string => searchWords(text).join(" ");

/** The kinds in a column of kinds. */
const kindsOf = (masked: string): PersonalKind[] => {
  const kinds = masked.split(" ");
  return personalKind.options.filter((kind) => kinds.includes(kind));
};

/** Whether a line under this number was sent before with something else. Of a corrected or masked text nobody can tell. */
function isAnother(sent: NewLine, kept: LineRow | undefined): boolean {
  if (!kept || kept.correctedAt !== null) return false;
  if (kept.side !== sent.side || kept.fromMs !== sent.fromMs || kept.toMs !== sent.toMs) return true;
  return kept.masked === "" && sent.masked === "" && kept.text !== sent.text;
}

const shown = (line: LineRow): ShownLine => ({
  n: line.n,
  side: line.side,
  text: line.text,
  fromMs: line.fromMs,
  toMs: line.toMs,
  masked: kindsOf(line.masked),
  original: line.original,
  correctedAt: line.correctedAt?.toISOString() ?? null,
});
