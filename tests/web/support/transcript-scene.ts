import type { Gap, PersonalKind, ShownLine, Side, Talk, Team, Transcript } from "#contract";
import * as scene from "./scene.ts";

type Said = [side: Side, fromSeconds: number, toSeconds: number, text: string, masked?: PersonalKind[]];
const said: Said[] = [
  ["agent", 2, 6, "Buenas tardes, soy Lucía, de Fibra Norte. ¿Hablo con Óscar Medina?"],
  ["customer", 7, 9, "Sí, dígame, pero tengo poco tiempo."],
  ["agent", 10, 18, "Seré breve: le llamo por la fibra de 300 megas que miró la semana pasada."],
  ["customer", 194, 198, "Es que ahora mismo me parece caro, la verdad."],
  ["agent", 199, 205, "Le entiendo, nadie quiere pagar de más."],
  ["agent", 206, 213, "Son 29,90 € al mes con todo incluido y sin permanencia."],
  ["customer", 214, 216, "¿Y si me arrepiento?"],
  ["agent", 215.2, 222, "Sin permanencia puede dejarlo cuando quiera, sin pagar nada."],
  ["customer", 230, 238, "Vale. Le doy la tarjeta: [tarjeta], a mi nombre.", ["card"]],
  ["agent", 300, 306, "Gracias. Le llega la confirmación a [correo] en un momento.", ["email"]],
  ["customer", 307, 309, "Perfecto, hasta luego."],
];

/** Óscar Medina's call. One line of it has been corrected, one confirmed. */
export const lines: ShownLine[] = said.map(([side, from, to, text, masked = []], n) => ({
  n,
  side,
  text,
  fromMs: from * 1000,
  toMs: to * 1000,
  masked,
  original:
    n === 2
      ? "Seré breve le llamo por la fibra de 300 megas que miro la semana pasada."
      : n === 1
        ? text
        : null,
  correctedAt: n === 1 || n === 2 ? "2026-11-23T15:40:00.000Z" : null,
}));

export const talk: Talk = {
  agentSeconds: 112.4,
  customerSeconds: 95.6,
  silenceSeconds: 24.2,
  talkRatio: 112.4 / 208,
  longestMonologueSeconds: 71.8,
  interruptions: 1,
};

/** A pause that Lucía asked for, and a card's number that was said before it. */
export const gaps: Gap[] = [
  { side: "both", from: 232, to: 236, why: "card" },
  { side: "both", from: 257, to: 289, why: "paused" },
  { side: "customer", from: 12, to: 13, why: "lost" },
];

/** The first recording has its transcript; in the second nothing was recognised; nobody listened to the others. */
export const transcriptOf = (callId: string): Transcript => {
  const engine = callId === scene.idOf(200) || callId === scene.idOf(201) ? "sherpa-onnx" : null;
  const model = engine && "nemo-fast-conformer-es";
  return callId === scene.idOf(200)
    ? { callId, engine, model, lines, talk }
    : { callId, engine, model, lines: [], talk: null };
};

export const teams: Team[] = [
  {
    id: scene.idOf(500),
    name: "Ventas Norte",
    site: "Madrid",
    listening: true,
    listeningChangedBy: "Elena Vega",
    listeningChangedAt: "2026-11-20T09:12:00.000Z",
    goals: { calls: null, sales: null },
  },
  {
    id: scene.idOf(501),
    name: "Ventas Sur",
    site: "Sevilla",
    listening: false,
    listeningChangedBy: null,
    listeningChangedAt: null,
    goals: { calls: null, sales: null },
  },
  {
    id: scene.idOf(502),
    name: "Bajas",
    site: "Madrid",
    listening: false,
    listeningChangedBy: "Elena Vega",
    listeningChangedAt: "2026-11-02T17:40:00.000Z",
    goals: { calls: null, sales: null },
  },
];
