import type { Backups, Capacity, HeldRecording, Retention, TrashedRecording } from "#contract";
import * as scene from "./scene.ts";

const sites = [
  { id: scene.idOf(900), name: "Madrid" },
  { id: scene.idOf(901), name: "Sevilla" },
];

/** Rules of a company that has thought about it. */
export const retention: Retention = {
  rules: [
    { siteId: null, kind: null, code: null, flacAfter: 7, opusAfter: 30, deleteAfter: 180 },
    { siteId: null, kind: "sale", code: null, flacAfter: 30, opusAfter: null, deleteAfter: 1_825 },
    {
      siteId: sites[1]?.id ?? null,
      kind: null,
      code: "no_answer",
      flacAfter: null,
      opusAfter: null,
      deleteAfter: 14,
    },
  ],
  tools: { flac: true, opus: true },
  sites,
  changedAt: "2026-10-02T08:12:00.000Z",
};

const GB = 1e9;
export const capacity: Capacity = {
  recordings: 18_412,
  bytes: 388 * GB,
  trashBytes: 1.4 * GB,
  bytesPerDay: 5.2 * GB,
  freeBytes: 412 * GB,
  daysLeft: 421,
  months: ["05", "06", "07", "08", "09", "10", "11"].map((month, i) => ({
    month: `2026-${month}`,
    recordings: 2_400 + 100 * i,
    wav: i === 6 ? 62 * GB : 0,
    flac: i === 6 ? 29 * GB : i === 5 ? 14 * GB : 9 * GB,
    opus: i < 5 ? (3.4 + 0.2 * i) * GB : i === 5 ? 2.1 * GB : 0,
  })),
};

const [first, second, third] = scene.recordings;
if (!first || !second || !third) throw new Error("the scene has too few recordings");

const kept = ({ callId, agentName, contact, startedAt, durationSeconds, bytes }: typeof first) => ({
  callId,
  agentName,
  contact,
  startedAt,
  durationSeconds,
  bytes,
});

export const held: HeldRecording[] = [
  {
    ...kept(first),
    format: "wav",
    hold: {
      by: "Luis Prieto",
      why: "Reclamación 4711: el cliente niega el alta",
      at: "2026-11-23T09:30:00.000Z",
    },
  },
];

export const trashed: TrashedRecording[] = [
  {
    ...kept(second),
    format: "flac",
    by: "Elena Vega",
    trashedAt: "2026-11-23T08:00:00.000Z",
    goesAt: "2026-11-30T08:00:00.000Z",
  },
  {
    ...kept(third),
    format: "opus",
    by: null,
    trashedAt: "2026-11-22T01:20:00.000Z",
    goesAt: "2026-11-29T01:20:00.000Z",
  },
];

export const backups: Backups = {
  items: [
    ["nightly", "2026-11-23T00:04:00.000Z", "2026-12-20T23:00:00.000Z"],
    ["manual", "2026-11-22T15:31:00.000Z", "2026-11-28T23:00:00.000Z"],
    ["nightly", "2026-11-22T00:04:00.000Z", "2026-11-28T23:00:00.000Z"],
    ["before_migration", "2026-11-03T07:12:00.000Z", "2026-12-02T23:00:00.000Z"],
  ].map(([kind, made = "", goesAt = ""], i) => ({
    id: `${made.slice(0, 10)}_${i}`,
    // the words above are the kinds that there are
    kind: kind as "nightly",
    made,
    goesAt,
    file: "callmanager.db",
    bytes: 190_000_000 - i * 1_000_000,
  })),
  next: null,
  folder: "callmanager-data/backups",
  possible: true,
};
