import { Hono } from "hono";
import {
  lineChange,
  lineNumber,
  teamChange,
  type Role,
  type Team,
  type Transcript,
  type WordErrors,
} from "#contract";
import * as scene from "./scene.ts";
import { teams as ofTheHouse, transcriptOf } from "./transcript-scene.ts";
import { problem } from "./wire.ts";

export type TranscriptOptions = {
  teams?: Team[];
  /** What people have corrected elsewhere, before. */
  wordErrors?: WordErrors;
};

const absent = problem(
  404,
  "not_found",
  "No existe, o no es tuyo.",
  "Comprueba la dirección o el identificador.",
);
const ENOUGH_LINES = 20;
/** The masks of what is hidden, where somebody types it again. */
const hideCards = (text: string): string => text.replace(/(?:\d[ -]?){13,19}/g, "[tarjeta]");

/** /api/transcripts and /api/teams in memory. */
export function fakeTranscripts(options: TranscriptOptions, role: () => Role | null) {
  const transcripts = new Map<string, Transcript>();
  const teams = (options.teams ?? ofTheHouse).map((team) => ({ ...team }));
  const errors = { ...(options.wordErrors ?? { lines: 12, words: 96, errors: 7, rate: null }) };
  const of = (callId: string): Transcript => {
    const found = transcripts.get(callId) ?? structuredClone(transcriptOf(callId));
    transcripts.set(callId, found);
    return found;
  };
  const forbidden = problem(
    403,
    "forbidden",
    "Tu cuenta no puede hacer esto.",
    "Pídelo a tu administradora.",
  );

  const app = new Hono()
    .get("/word-errors", (c) =>
      c.json({ ...errors, rate: errors.lines < ENOUGH_LINES ? null : errors.errors / errors.words }, 200),
    )
    .get("/:callId", (c) => c.json(of(c.req.param("callId")), 200))
    .patch("/:callId/lines/:n", async (c) => {
      if (role() === "executive" || role() === "admin") return c.json(forbidden, 403);
      const n = lineNumber.parse(c.req.param("n"));
      const text = hideCards(lineChange.parse(await c.req.json()).text);
      const line = of(c.req.param("callId")).lines.find((one) => one.n === n);
      if (!line) return c.json(absent, 404);
      const hides = text.includes("[tarjeta]") && !line.masked.includes("card");
      Object.assign(line, {
        text,
        masked: hides ? [...line.masked, "card"] : line.masked,
        original: line.original ?? line.text,
        correctedAt: scene.NOW.toISOString(),
      });
      return c.json(line, 200);
    });
  const teamApp = new Hono()
    .use(async (c, next) => (role() === "admin" ? next() : c.json(forbidden, 403)))
    .get("/", (c) => c.json({ items: teams, next: null }, 200))
    .patch("/:id", async (c) => {
      const team = teams.find(({ id }) => id === c.req.param("id"));
      if (!team) return c.json(absent, 404);
      Object.assign(team, teamChange.parse(await c.req.json()), {
        listeningChangedBy: scene.me("admin").name,
        listeningChangedAt: scene.NOW.toISOString(),
      });
      return c.json(team, 200);
    });
  return {
    app,
    teams: teamApp,
    /** Whether somebody said it in that call. */
    says: (callId: string, q: string): boolean =>
      of(callId).lines.some(({ text }) => text.toLowerCase().includes(q.toLowerCase())),
  };
}
