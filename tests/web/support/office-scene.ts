import type { AgentDay, AgentState, Call, Correction, KnownContact, PauseReason, Stretch } from "#contract";
import { builtInDispositions, type Disposition } from "#contract";
import * as scene from "./scene.ts";

const at = (time: string): string => new Date(`2026-11-23T${time}:00.000+01:00`).toISOString();

export const pauseReasons: PauseReason[] = [
  { name: "descanso", productive: false },
  { name: "almuerzo", productive: false },
  { name: "formación", productive: true },
  { name: "reunión", productive: true },
];

const kindOf = { sale: "sale", no_answer: "no_contact" } as const;
const asks = { sale: "amount", follow_up: "callback" } as const;
export const builtIn: Disposition[] = builtInDispositions.map((code) => ({
  code,
  name: null,
  kind: code === "sale" || code === "no_answer" ? kindOf[code] : "contact",
  asksFor: code === "sale" || code === "follow_up" ? asks[code] : null,
}));

/** A campaign with eleven outcomes of its own: two more than the digits. */
export const ofFibre: Disposition[] = [
  { code: "sale", name: "Alta de fibra", kind: "sale", asksFor: "amount" },
  { code: "follow_up", name: "Volver a llamar", kind: "contact", asksFor: "callback" },
  ...[
    "Sin cobertura",
    "Tiene permanencia",
    "Ya es cliente",
    "Muy caro",
    "No decide",
    "Contestador",
    "Equivocado",
  ].map((name, i): Disposition => ({
    code: `own_${i}`,
    name,
    kind: i > 4 ? "no_contact" : "contact",
    asksFor: null,
  })),
  { code: "complaint", name: "Queja", kind: "contact", asksFor: null },
  { code: "robinson", name: "No llamar más", kind: "contact", asksFor: null },
];

type Span = [state: AgentState, from: string, reason?: string];
const spans: Span[] = [
  ["available", "09:02"],
  ["on_call", "09:20"],
  ["wrap_up", "09:28"],
  ["available", "09:30"],
  ["on_call", "10:04"],
  ["available", "10:11"],
  ["paused", "11:00", "descanso"],
  ["available", "11:18"],
  ["on_call", "11:40"],
  ["wrap_up", "11:51"],
  ["available", "11:54"],
  ["paused", "14:00", "almuerzo"],
  ["available", "15:02"],
  ["on_call", "15:18"],
  ["wrap_up", "15:25"],
  ["available", "15:27"],
];

/** A day until the scene's time, whose stretches follow each other. */
export function stretches(): Stretch[] {
  return spans.map(([state, from, reason], i) => ({
    state,
    reason: reason ?? null,
    from: at(from),
    to: spans[i + 1] ? at(spans[i + 1]?.[1] ?? "") : null,
    stateId: state === "on_call" || state === "wrap_up" ? null : scene.idOf(700 + i),
    callId: null,
    corrected: i === 6,
  }));
}

export const corrections: Correction[] = [
  {
    id: scene.idOf(800),
    kind: "state",
    subjectId: scene.idOf(706),
    before: { reason: "almuerzo" },
    after: { reason: "descanso" },
    why: "Eligió el motivo equivocado",
    by: "Luis Prieto",
    at: at("11:32"),
  },
  {
    id: scene.idOf(801),
    kind: "call",
    subjectId: scene.idOf(200),
    before: { disposition: "other", saleAmount: null },
    after: { disposition: "sale", saleAmount: 29.9 },
    why: "El cliente aceptó al final",
    by: "Luis Prieto",
    at: at("16:30"),
  },
];

/** An agent's day as it is told at the scene's time. */
export function dayOf(agentId: string, own: Stretch[], made: Correction[]): AgentDay {
  const totals = { available: 0, paused: 0, offline: 0, on_call: 0, wrap_up: 0 };
  const pauses = new Map<string, number>();
  for (const { state, reason, from, to } of own) {
    const seconds = ((to ? Date.parse(to) : scene.NOW.getTime()) - Date.parse(from)) / 1000;
    totals[state] += seconds;
    if (state === "paused" && reason) pauses.set(reason, (pauses.get(reason) ?? 0) + seconds);
  }
  return {
    agentId,
    day: "2026-11-23",
    timeZone: scene.TIME_ZONE,
    stretches: own,
    totals,
    pauses: [...pauses].map(([reason, seconds]) => ({ reason, seconds })),
    goals: { calls: 12, sales: 4 },
    usual: { calls: 8, sales: 2.7 },
    callbacks: { due: 4, done: 2 },
    corrections: made,
  };
}

const [first] = scene.ended;
type Waiting = [name: string, phone: string, at: string, notes: string];
const waiting: Waiting[] = [
  ["Gloria Requena", "+34612345418", at("16:15"), ""],
  ["Andrés Lobato", "+34655111207", at("17:00"), "Consultarlo con su mujer"],
  ["Belén Sarmiento", "+34699222380", new Date("2026-11-24T09:30:00.000Z").toISOString(), "Enviar precio"],
];
/** Customers of Lucía Ferrer who want to be called back; one has been waiting for 27 minutes. */
export const callbacks: Call[] = waiting.map(([name, phone, callbackAt, notes], i) => {
  if (!first) throw new Error("the scene has no calls");
  return {
    ...first,
    id: scene.idOf(600 + i),
    agentId: scene.idOf(5),
    agentName: "Lucía Ferrer",
    contact: { name, phone },
    startedAt: new Date("2026-11-20T10:00:00.000Z").toISOString(),
    disposition: "follow_up",
    dispositionKind: "contact",
    saleAmount: null,
    notes: notes === "" ? null : notes,
    callbackAt,
  };
});

type Person = [name: string, phones: string[], notes: string, lastCall?: string];
const people: Person[] = [
  ["Óscar Medina", ["+34612345418", "+34910002211"], "Prefiere por la tarde", at("16:21")],
  ["Teresa Maldonado", ["+34655111207"], "", at("16:08")],
  ["Gloria Requena", ["+34699222380"], "Se lo piensa con su marido", at("09:40")],
  ["Ángel Nadie", [], ""],
];
/** Contacts of «Ventas Norte». */
export const contacts: KnownContact[] = people.map(([name, phones, notes, lastCallAt], i) => ({
  id: scene.idOf(900 + i),
  name,
  phones,
  notes,
  team: "Ventas Norte",
  createdAt: scene.NOW.toISOString(),
  updatedAt: scene.NOW.toISOString(),
  lastCallAt: lastCallAt ?? null,
  doNotRecord: false,
}));
