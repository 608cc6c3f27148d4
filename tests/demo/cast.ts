import type { Goals, Role } from "#contract";
import type { Chance } from "./chance.ts";

/** Whose days the demo counts. */
export const TIME_ZONE = "Europe/Madrid";

export type Campaign = "Fibra" | "Seguros";
/** How an agent is found when the demo starts. `seconds` ago is when it began. */
export type Opening = {
  doing: "on_call" | "wrap_up" | "paused" | "available" | "offline";
  seconds: number;
  reason?: string;
};
export type Agent = {
  name: string;
  team: string;
  /** How often their calls are about fibre; the others are about insurance. */
  fibre: number;
  /** Sales of the customers they reach, without the copilot. */
  skill: number;
  /** The voice's pitch, in hertz. */
  pitch: number;
  /** Since how many days they have been here. */
  days: number;
  opening: Opening;
  /** The customer's voice does not reach the recording. */
  deaf?: true;
};

export const TEAMS: { name: string; site: string; goals: Goals }[] = [
  { name: "Ventas Norte", site: "Madrid", goals: { calls: 30, sales: 6 } },
  { name: "Ventas Sur", site: "Sevilla", goals: { calls: 30, sales: 5 } },
];
const [NORTH = "", SOUTH = ""] = TEAMS.map(({ name }) => name);

const agent = (
  name: string,
  team: string,
  [fibre, skill, pitch, days]: [number, number, number, number],
  opening: Opening,
): Agent => ({ name, team, fibre, skill, pitch, days, opening });

/** Twelve agents; among them what a supervisor must see: a long call, a long wrap-up, a long pause, a deaf PC. */
export const AGENTS: Agent[] = [
  agent("Sofía Llorente", NORTH, [0.9, 0.27, 208, 400], { doing: "on_call", seconds: 740 }),
  {
    ...agent("Diego Salas", NORTH, [0.9, 0.22, 118, 400], { doing: "on_call", seconds: 165 }),
    deaf: true,
  },
  agent("Lucía Ferrer", NORTH, [0.8, 0.31, 221, 400], { doing: "on_call", seconds: 92 }),
  agent("Carmen Vidal", NORTH, [0.8, 0.19, 196, 400], { doing: "on_call", seconds: 145 }),
  agent("Nerea Pardo", NORTH, [0.7, 0.25, 214, 85], { doing: "on_call", seconds: 38 }),
  agent("Rubén Aguirre", NORTH, [0.9, 0.2, 109, 400], { doing: "wrap_up", seconds: 255 }),
  agent("Iván Castaño", NORTH, [0.7, 0.17, 124, 400], {
    doing: "paused",
    seconds: 1570,
    reason: "Comida",
  }),
  agent("Marta Ríos", NORTH, [0.8, 0.28, 203, 400], { doing: "wrap_up", seconds: 35 }),
  agent("Pablo Quintana", SOUTH, [0.3, 0.18, 113, 400], { doing: "available", seconds: 40 }),
  agent("Javier Ortuño", SOUTH, [0.3, 0.2, 127, 400], { doing: "on_call", seconds: 70 }),
  agent("Ana Beltrán", SOUTH, [0.2, 0.24, 218, 400], { doing: "available", seconds: 12 }),
  agent("Elena Prat", SOUTH, [0.2, 0.22, 199, 85], { doing: "on_call", seconds: 110 }),
];

/** Who else can sign in. */
export const CHIEFS: { name: string; role: Role; team: string; site: string }[] = [
  { name: "Luis Prieto", role: "supervisor", team: NORTH, site: "Madrid" },
  { name: "Clara Moncada", role: "executive", team: "Dirección", site: "Madrid" },
];
export const ADMIN = "Raúl Benítez";
/** The agent whose sign-in is printed. */
export const SHOWN_AGENT = "Lucía Ferrer";

/** `lucia.ferrer@demo.example`: a domain that can never exist. */
export const emailOf = (name: string): string =>
  `${name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll(" ", ".")}@demo.example`;

const FIRST =
  "Álvaro Nuria Emilio Teresa Óscar Jorge Consuelo Rosa Héctor Inés Julia Matías Pilar Andrés Olga Ramón Beatriz Félix Aurora Tomás".split(
    " ",
  );
const LAST =
  "Quesada Casado Navas Maldonado Medina Iniesta Ibarra Cubillo Salmerón Carrasco Montero Lozano Barrios Ugarte Ferreiro Segura Peralta Aldana Briones Zamora".split(
    " ",
  );

export type Customer = { name?: string; phone: string };
/** Somebody made up; one in seven is only a number. */
export function customer(by: Chance): Customer {
  const phone = `+34 600 ${by.whole(100, 199)} ${by.whole(100, 999)}`;
  return by.happens(0.15) ? { phone } : { name: `${by.one(FIRST)} ${by.one(LAST)}`, phone };
}

/** Reasons for a pause, with the seconds that half of them do not exceed. */
export const PAUSES: { reason: string; median: number }[] = [
  { reason: "Descanso", median: 420 },
  { reason: "Baño", median: 180 },
  { reason: "Formación", median: 600 },
  { reason: "Reunión", median: 480 },
];
