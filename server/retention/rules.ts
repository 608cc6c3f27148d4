import type { AudioFormat, AudioTools, DispositionKind, RetentionRule } from "#contract";
import { placeOf } from "../db/time.ts";

/** What decides about a recording: where it was made, and how its call ended. */
export type Outcome = { siteId: string; kind: DispositionKind | null; code: string | null };
/** What a rule asks for tonight; `waits` where a program is missing for it. */
export type Step = { to: AudioFormat | "trash"; waits: boolean };

const ORDER: Record<AudioFormat, number> = { wav: 0, flac: 1, opus: 2 };

/**
 * The most specific rule that fits: one outcome before a kind, a kind before any, and among equals the own site's.
 * Null where none does: then nothing happens to the recording.
 */
export function ruleFor(rules: readonly RetentionRule[], { siteId, kind, code }: Outcome) {
  let best: RetentionRule | null = null;
  let most = -1;
  for (const rule of rules) {
    if (rule.siteId !== null && rule.siteId !== siteId) continue;
    if (rule.code !== null && rule.code !== code) continue;
    if (rule.kind !== null && rule.kind !== kind) continue;
    const weight =
      (rule.code === null ? 0 : 4) + (rule.kind === null ? 0 : 2) + (rule.siteId === null ? 0 : 1);
    if (weight > most) [best, most] = [rule, weight];
  }
  return best;
}

const due = (after: number | null, age: number): boolean => after !== null && age >= after;

/**
 * The step that is due at an age of whole days, or null. What was made smaller never grows again; where Opus cannot be
 * made, FLAC is still made when it is due.
 */
export function stepAt(
  rule: RetentionRule,
  format: AudioFormat,
  age: number,
  tools: AudioTools,
): Step | null {
  if (due(rule.deleteAfter, age)) return { to: "trash", waits: false };
  const wanted = (["opus", "flac"] as const).filter(
    (to) => due(rule[`${to}After`], age) && ORDER[to] > ORDER[format],
  );
  const possible = wanted.find((to) => tools[to]);
  if (possible) return { to: possible, waits: false };
  return wanted[0] ? { to: wanted[0], waits: true } : null;
}

/** Whole days of the calendar from one day, `YYYY-MM-DD`, to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The age of a recording in days of its site's calendar: 0 until its first midnight, whatever the clocks do. */
export const ageOf = (startedAt: Date, now: Date, timeZone: string): number =>
  daysBetween(placeOf(startedAt, timeZone).day, placeOf(now, timeZone).day);
