import type {
  AgentRow,
  AgentState,
  AlertLimits,
  BuiltInDisposition,
  Call,
  Me,
  Recording,
  Role,
  Snapshot,
  Stats,
} from "#contract";

/** A made-up working day in «Ventas Norte», always seen at 16:42. */
export const NOW = new Date("2026-11-23T15:42:00.000Z");
export const TIME_ZONE = "Europe/Madrid";

/** A company's limits, in minutes. */
export const limits: AlertLimits = {
  on_call: { warn: 10, bad: null },
  available: { warn: 5, bad: null },
  wrap_up: { warn: 2, bad: 4 },
  paused: { warn: 25, bad: 30 },
};

const ago = (seconds: number): string => new Date(NOW.getTime() - seconds * 1000).toISOString();
export const idOf = (n: number): string => `01936f00-0000-7000-8000-${String(n).padStart(12, "0")}`;
const rateOf = (numerator: number, denominator: number) => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});

export const me = (role: Role = "supervisor"): Me => ({
  id: role === "agent" ? idOf(5) : idOf(90),
  name: role === "agent" ? "Lucía Ferrer" : "Luis Prieto",
  email: "luis@example.com",
  role,
  team: "Ventas Norte",
  site: "Madrid",
  language: "es",
  active: true,
  teams: [],
  timeZone: TIME_ZONE,
  currency: "EUR",
});

type Row = [
  name: string,
  state: AgentState,
  seconds: number,
  calls: number,
  sales: number,
  ai: number,
  more?: string,
];
const rows: Row[] = [
  ["Rubén Aguirre", "wrap_up", 340, 4, 1, 1],
  ["Sofía Llorente", "on_call", 740, 6, 2, 4, "Julia Montero"],
  ["Pablo Quintana", "available", 370, 6, 1, 2],
  ["Diego Salas", "on_call", 465, 7, 2, 5, "+34612345418"],
  ["Lucía Ferrer", "on_call", 192, 9, 3, 6, "Álvaro Quesada"],
  ["Carmen Vidal", "on_call", 245, 7, 1, 2, "Nuria Casado"],
  ["Nerea Pardo", "on_call", 38, 7, 2, 3, "Emilio Navas"],
  ["Javier Ortuño", "available", 134, 5, 1, 0],
  ["Ana Beltrán", "available", 52, 8, 2, 4],
  ["Marta Ríos", "wrap_up", 65, 8, 3, 5],
  ["Iván Castaño", "paused", 1330, 5, 0, 1, "almuerzo"],
  ["Elena Prat", "offline", 9600, 2, 0, 0],
];

export const agents: AgentRow[] = rows.map(([name, state, seconds, calls, sales, aiAsks, more], i) => ({
  id: idOf(i + 1),
  name,
  team: "Ventas Norte",
  state,
  reason: state === "paused" ? (more ?? null) : null,
  since: ago(seconds),
  callId: state === "on_call" ? idOf(100 + i) : null,
  contact: state === "on_call" ? (more ?? null) : null,
  // the fourth one's customer is not being recorded
  capture: state === "on_call" ? { agent: "ok", customer: i === 3 ? "missing" : "ok" } : null,
  captureSince: state === "on_call" ? ago(seconds) : null,
  calls,
  contacts: calls,
  sales,
  successRate: rateOf(sales, calls),
  talkSeconds: calls * 240,
  aiAsks,
  occupancy: rateOf(calls * 300, calls * 300 + 6000),
}));

const nobody: Call = {
  id: "",
  agentId: "",
  agentName: "",
  startedAt: "",
  answeredAt: null,
  endedAt: null,
  direction: "outbound",
  source: "softphone",
  contact: { name: null, phone: null },
  campaign: "Fibra",
  externalId: null,
  outcome: null,
  talkSeconds: null,
  holdSeconds: null,
  disposition: null,
  dispositionName: null,
  dispositionKind: null,
  saleAmount: null,
  notes: null,
  callbackAt: null,
  callbackDoneAt: null,
  wrapUpEndedAt: null,
  wrapUpEndedBy: null,
  wrapUpSeconds: null,
  contactId: null,
  aiAsks: 0,
  recorded: false,
  capture: null,
  corrected: false,
};

const open: Call[] = agents
  .filter(({ state }) => state === "on_call")
  .map((agent) => ({
    ...nobody,
    id: agent.callId ?? "",
    agentId: agent.id,
    agentName: agent.name,
    startedAt: agent.since,
    contact: agent.contact?.startsWith("+")
      ? { name: null, phone: agent.contact }
      : { name: agent.contact, phone: null },
  }));

type Past = [
  contact: string,
  agent: number,
  minutesAgo: number,
  seconds: number,
  disposition: BuiltInDisposition,
  ai: number,
];
const past: Past[] = [
  ["Óscar Medina", 5, 21, 336, "sale", 2],
  ["Teresa Maldonado", 4, 34, 494, "follow_up", 1],
  ["+34 655 111 207", 9, 45, 62, "not_interested", 0],
  ["Jorge Iniesta", 4, 61, 408, "sale", 1],
  ["Consuelo Ibarra", 10, 72, 259, "sale", 0],
  ["+34 699 222 380", 3, 80, 24, "no_answer", 0],
  ["Rosa Cubillo", 2, 98, 130, "not_interested", 1],
  ["Héctor Salmerón", 7, 114, 473, "follow_up", 3],
  ["Inés Carrasco", 6, 186, 220, "not_interested", 0],
];

export const ended: Call[] = past.map(([contact, agent, minutes, seconds, disposition, aiAsks], i) => {
  const phone = contact.startsWith("+");
  return {
    ...nobody,
    id: idOf(200 + i),
    agentId: idOf(agent),
    agentName: agents[agent - 1]?.name ?? "",
    startedAt: ago(minutes * 60),
    answeredAt: ago(minutes * 60 - 6),
    endedAt: ago(minutes * 60 - seconds),
    contact: phone ? { name: null, phone: contact } : { name: contact, phone: "+34 612 345 418" },
    outcome: "answered",
    talkSeconds: seconds,
    disposition,
    dispositionKind: disposition === "sale" ? "sale" : disposition === "no_answer" ? "no_contact" : "contact",
    saleAmount: disposition === "sale" ? 29.9 : null,
    wrapUpEndedAt: ago(minutes * 60 - seconds - 40),
    contactId: i === 0 ? idOf(900) : null,
    aiAsks,
    recorded: true,
  };
});

/** Two voices that take turns; the same every time. */
export function voices(count: number, seed: number): number[][] {
  let state = seed * 7919 + 17;
  const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
  const agentTalks = Array.from({ length: Math.ceil(count / 6) }, () => random() > 0.5);
  return [true, false].map((agent) =>
    Array.from({ length: count }, (_, i) =>
      agentTalks[Math.floor(i / 6)] === agent ? 25 + Math.round(random() * 75) : 0,
    ),
  );
}

export const recordingOf = (call: Call, seed: number): Recording => ({
  callId: call.id,
  agentId: call.agentId,
  agentName: call.agentName,
  contact: call.contact,
  startedAt: call.startedAt,
  durationSeconds: call.talkSeconds ?? 0,
  bytes: (call.talkSeconds ?? 0) * 176_400,
  channels: 2,
  file: "llamada.wav",
  disposition: call.disposition,
  dispositionName: call.dispositionName,
  dispositionKind: call.dispositionKind,
  campaign: call.campaign,
  marks: 0,
  held: false,
  format: "wav",
  consent: "unknown",
  aiAsks: call.aiAsks,
  completeness: { agent: 1, customer: seed === 2 ? 0.82 : 1 },
  glance: voices(28, seed),
});
export const recordings = ended.map(recordingOf);

const hourly = [0, 0, 0, 0, 0, 0, 0, 0, 5, 9, 12, 11, 8, 6, 3, 8, 12, 0, 0, 0, 0, 0, 0, 0];
const hourlySales = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 2, 1, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0];
const hourlyBefore = [0, 0, 0, 0, 0, 0, 0, 0, 4, 8, 10, 12, 9, 5, 4, 6, 11, 9, 7, 5, 2, 0, 0, 0];

/** What a board's figures also know, of so many answered calls. */
const observed = (answered: number) => ({
  answered,
  contacts: answered,
  holdSeconds: answered * 8,
  holdCalls: answered,
  wrapUpSeconds: answered * 40,
  wrapUpCalls: answered,
  readySeconds: 41_000,
  pausedSeconds: 6_000,
  occupancy: rateOf(answered * 341, answered * 341 + 41_000),
  aiCalls: Math.round(answered / 3),
});

export const stats: Stats = {
  scope: "team",
  from: "2026-11-23",
  to: "2026-11-23",
  timeZone: TIME_ZONE,
  until: NOW.toISOString(),
  totals: {
    calls: 74,
    ...observed(69),
    sales: 18,
    saleAmount: 538.2,
    successRate: rateOf(18, 74),
    talkSeconds: 22_320,
    aiAsks: 33,
  },
  weekBefore: {
    calls: 66,
    ...observed(60),
    sales: 14,
    saleAmount: 410,
    successRate: rateOf(14, 66),
    talkSeconds: 23_460,
    aiAsks: 0,
  },
  handle: { mean: 341, median: 300, p90: 720, n: 69 },
  talk: { mean: 301, median: 262, p90: 640, n: 69 },
  wrapUp: { mean: 40, median: 33, p90: 95, n: 69 },
  hours: hourly.map((calls, i) => ({
    calls,
    sales: hourlySales[i] ?? 0,
    callsWeekBefore: hourlyBefore[i] ?? 0,
  })),
  days: [
    [118, 27],
    [124, 30],
    [109, 24],
    [131, 33],
    [54, 11],
    [0, 0],
    [74, 18],
  ].map(([calls = 0, sales = 0], i) => ({
    day: `2026-11-${17 + i}`,
    calls,
    sales,
  })),
};

export const snapshot: Snapshot = { at: NOW.toISOString(), agents, calls: [...open, ...ended], stats };

const nothing = {
  calls: 0,
  ...observed(0),
  readySeconds: 0,
  pausedSeconds: 0,
  occupancy: rateOf(0, 0),
  sales: 0,
  saleAmount: 0,
  successRate: rateOf(0, 0),
  talkSeconds: 0,
  aiAsks: 0,
};
/** The board of a company that has just been set up. */
export const emptySnapshot: Snapshot = {
  at: NOW.toISOString(),
  agents: [],
  calls: [],
  stats: {
    ...stats,
    totals: nothing,
    weekBefore: nothing,
    hours: stats.hours.map(() => ({ calls: 0, sales: 0, callsWeekBefore: 0 })),
    days: stats.days.map(({ day }) => ({ day, calls: 0, sales: 0 })),
  },
};

/** What one agent's own panel sees: the call that is open, or the one that has just ended. */
export function ownSnapshot(which: "call" | "none" | "ended"): Snapshot {
  const own = open.find(({ agentId }) => agentId === idOf(5));
  const mine = ended.filter(({ agentId }) => agentId === idOf(5));
  const row = agents[4];
  if (!own || !row) throw new Error("the scene has lost its fifth agent");
  const justEnded: Call = { ...own, endedAt: NOW.toISOString(), talkSeconds: 192, outcome: "answered" };
  const first = { call: [own], none: [], ended: [justEnded] }[which];
  const state = ({ call: "on_call", none: "available", ended: "wrap_up" } as const)[which];
  return { ...snapshot, agents: [{ ...row, state }], calls: [...first, ...mine] };
}
