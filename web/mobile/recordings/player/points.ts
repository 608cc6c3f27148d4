import type { Mark, Marks, Moment, Recording } from "#contract";
import { t } from "../../../i18n/index.ts";
import { player as texts } from "../../../i18n/player.ts";

/** A numbered place on the lanes: what somebody marked, or what marks itself. */
export type Point = {
  key: string;
  atMs: number;
  /** From where it is heard. */
  fromMs: number;
  words: string;
  tone: "warn" | "acc" | "ai" | "ok" | "soft";
  /** What it tells of, where nobody marked it. */
  kind: Moment["kind"] | null;
  mark: Mark | null;
};

/** Of what stands at the very end so much is heard before it. */
const LEAD_MS = 10_000;

export const toneOf = ({ text }: Mark): "warn" | "acc" => (text === "" ? "warn" : "acc");

const tones = { consent: "soft", objection: "warn", help: "ai", sale: "ok" } as const;

function wordsOf({ kind, title }: Moment, { consent }: Recording): string {
  if (kind === "consent") return texts.consentAt[consent];
  if (kind === "sale") return title ?? t.disposition.sale;
  return title === null ? texts.help : texts.objection(title);
}

/** All that is marked, in the order of the audio: its numbers are those on the lanes, the chips and the keys. */
export function pointsOf({ items, moments }: Marks, recording: Recording): Point[] {
  const lastMs = Math.max(0, recording.durationSeconds * 1000 - LEAD_MS);
  const own = moments.map((moment, i): Point => {
    const { kind, atMs } = moment;
    const fromMs = kind === "sale" ? Math.min(atMs, lastMs) : atMs;
    return {
      key: `${kind} ${i}`,
      atMs,
      fromMs,
      words: wordsOf(moment, recording),
      tone: tones[kind],
      kind,
      mark: null,
    };
  });
  const made = items.map((mark): Point => {
    const { id, atMs, text } = mark;
    const words = text === "" ? texts.flag : text;
    return { key: id, atMs, fromMs: atMs, words, tone: toneOf(mark), kind: null, mark };
  });
  return [...own, ...made].toSorted((a, b) => a.atMs - b.atMs);
}

/** Of the lanes' width; a number takes as much. */
const ROOM = 0.055;

/** Places in order, from 0 to 1: whether each has room for its number, which needs some distance from the one before. */
export function roomFor(places: number[]): boolean[] {
  let last = -Infinity;
  return places.map((place) => {
    const free = place - last >= ROOM;
    if (free) last = place;
    return free;
  });
}
