import type { Clip, Job, Mark, Moment, RecordingStats, SavedFilter } from "#contract";
import * as scene from "./scene.ts";

const OSCAR = scene.idOf(200);
const luis = { id: scene.idOf(90), name: "Luis Prieto" };
const marta = { id: scene.idOf(91), name: "Marta Soler" };

/** What is marked in Óscar Medina's call: a bare flag of another supervisor, a comment of Luis'. */
export const marks: Mark[] = [
  {
    id: scene.idOf(700),
    callId: OSCAR,
    kind: "flag",
    atMs: 70_000,
    text: "",
    by: marta,
    at: "2026-11-23T15:31:00.000Z",
    seenAt: null,
  },
  {
    id: scene.idOf(701),
    callId: OSCAR,
    kind: "comment",
    atMs: 198_000,
    text: "Muy bien: primero le das la razón y luego el precio.",
    by: luis,
    at: "2026-11-23T15:35:00.000Z",
    seenAt: null,
  },
];

/** What marks itself in it. */
export const moments: Moment[] = [
  { kind: "consent", atMs: 5_000, title: null },
  { kind: "objection", atMs: 194_000, title: "Es caro" },
  { kind: "help", atMs: 214_000, title: null },
  { kind: "sale", atMs: 336_000, title: null },
];

export const clips: Clip[] = [
  {
    id: scene.idOf(710),
    callId: OSCAR,
    title: "Objeción de precio",
    fromMs: 194_000,
    toMs: 222_000,
    bytes: 4_939_244,
    agent: { id: scene.idOf(5), name: "Lucía Ferrer" },
    contact: { name: "Óscar Medina", phone: "+34 612 345 418" },
    startedAt: "2026-11-23T15:21:00.000Z",
    by: luis,
    at: "2026-11-23T15:38:00.000Z",
  },
];

export const filters: SavedFilter[] = [
  { id: scene.idOf(720), name: "Ventas con IA", filter: { disposition: "sale", ai: true } },
];

export const listeners = [
  { name: "Marta Soler", kind: "listened" as const, at: "2026-11-23T15:40:00.000Z" },
  { name: "Calidad", kind: "downloaded" as const, at: "2026-11-23T15:31:00.000Z" },
  { name: "Marta Soler", kind: "listened" as const, at: "2026-11-23T15:30:00.000Z" },
];

const amounts = (count: number, seconds: number) => ({ count, seconds, bytes: seconds * 176_400 });

export const recordingStats: RecordingStats = {
  ...amounts(12_345, 2_961_000),
  agents: [
    { agentId: scene.idOf(5), agentName: "Lucía Ferrer", ...amounts(4_512, 1_104_000) },
    { agentId: scene.idOf(4), agentName: "Diego Salas", ...amounts(4_120, 1_010_000) },
    { agentId: scene.idOf(9), agentName: "Ana Beltrán", ...amounts(3_713, 847_000) },
  ],
  months: [
    { month: "2026-11", ...amounts(1_530, 367_000) },
    { month: "2026-10", ...amounts(6_204, 1_501_000) },
    { month: "2026-09", ...amounts(4_611, 1_093_000) },
  ],
};

/** Bytes of the ZIP that is made. */
export const ZIP_BYTES = 240_000_000;
/** A ZIP, as far as it is, in bytes. */
export const zipJob = (state: Job["state"], done: number): Job => ({
  id: scene.idOf(730),
  kind: "recordings_zip",
  state,
  done,
  total: state === "queued" ? null : ZIP_BYTES,
  fileName: state === "done" ? "grabaciones_2026-11-23.zip" : null,
  bytes: state === "done" ? ZIP_BYTES : null,
  error: null,
  createdAt: scene.NOW.toISOString(),
  endedAt: state === "done" ? scene.NOW.toISOString() : null,
  expiresAt: state === "done" ? "2026-11-30T15:42:00.000Z" : null,
  scheduleId: null,
  by: null,
});
