import type { AudioFormat, AudioTools, Capacity, RetentionPreview, RetentionRule } from "#contract";
import { daysBetween, ruleFor, stepAt, type Outcome } from "./rules.ts";

/** Recordings of one day, site, outcome and format: enough to say what any rules would do with them. */
export type Cohort = Outcome & {
  /** At the site, `YYYY-MM-DD`. */
  day: string;
  format: AudioFormat;
  held: boolean;
  trashed: boolean;
  recordings: number;
  /** As they lie there. */
  bytes: number;
  /** As they arrived. */
  wavBytes: number;
};

type Rules = { rules: readonly RetentionRule[]; tools: AudioTools };

/** How long the future is, in days. */
const HORIZON = 3_650;
/** The days whose mean says how much arrives. */
const RECENT = 28;
/** In the trash before it is gone. */
export const TRASH_DAYS = 7;
/** Shares of a WAV's size until this server has made some of its own: research on two-voice calls. */
const USUAL_SHARE: Record<AudioFormat, number> = { wav: 1, flac: 0.4, opus: 0.038 };

/** What rules would do with these tonight. */
export function preview(
  cohorts: Iterable<Cohort>,
  rules: readonly RetentionRule[],
  today: (siteId: string) => string,
  tools: AudioTools,
): RetentionPreview {
  const counted: RetentionPreview = { flac: 0, opus: 0, deleted: 0, waiting: 0, held: 0, deletedBytes: 0 };
  for (const cohort of cohorts) {
    if (cohort.trashed) continue;
    const rule = ruleFor(rules, cohort);
    const step = rule && stepAt(rule, cohort.format, daysBetween(cohort.day, today(cohort.siteId)), tools);
    if (!step) continue;
    if (cohort.held) counted.held += cohort.recordings;
    else if (step.waits) counted.waiting += cohort.recordings;
    else if (step.to === "trash") {
      counted.deleted += cohort.recordings;
      counted.deletedBytes += cohort.bytes;
    } else if (step.to !== "wav") counted[step.to] += cohort.recordings;
  }
  return counted;
}

/** Bytes of each format now, as a share of the WAVs that it was made of. */
function sharesOf(cohorts: readonly Cohort[]): Record<AudioFormat, number> {
  const shares = { ...USUAL_SHARE };
  for (const format of ["flac", "opus"] as const) {
    const own = cohorts.filter((cohort) => cohort.format === format);
    const wav = own.reduce((sum, { wavBytes }) => sum + wavBytes, 0);
    if (wav > 0) shares[format] = own.reduce((sum, { bytes }) => sum + bytes, 0) / wav;
  }
  return shares;
}

/** What is left of a cohort at an age: its bytes as the rule then keeps it. */
function bytesAt(
  cohort: Cohort,
  rule: RetentionRule | null,
  age: number,
  tools: AudioTools,
  shares: Record<AudioFormat, number>,
): number {
  const step = rule && !cohort.held ? stepAt(rule, cohort.format, age, tools) : null;
  if (!step || step.waits) return cohort.bytes;
  if (step.to !== "trash") return cohort.wavBytes * shares[step.to];
  if (age >= (rule?.deleteAfter ?? 0) + TRASH_DAYS) return 0;
  const before = rule && stepAt({ ...rule, deleteAfter: null }, cohort.format, age, tools);
  return before && !before.waits && before.to !== "trash"
    ? cohort.wavBytes * shares[before.to]
    : cohort.bytes;
}

/** The recordings of the last 28 days, or of as many as there are, as what arrives on one day from now on. */
function arrivals(cohorts: readonly Cohort[], today: string): Cohort[] {
  const recent = cohorts.filter(({ day }) => daysBetween(day, today) < RECENT);
  const first = recent.reduce((min, { day }) => (day < min ? day : min), today);
  const span = Math.min(RECENT, daysBetween(first, today) + 1);
  const sums = new Map<string, Cohort>();
  for (const { siteId, kind, code, wavBytes, recordings } of recent) {
    const key = [siteId, kind, code].join();
    const sum: Cohort = sums.get(key) ?? {
      siteId,
      kind,
      code,
      day: today,
      format: "wav",
      held: false,
      trashed: false,
      recordings: 0,
      bytes: 0,
      wavBytes: 0,
    };
    sum.recordings += recordings;
    sum.wavBytes += wavBytes;
    sums.set(key, sum);
  }
  return [...sums.values()].map((sum) => ({
    ...sum,
    recordings: sum.recordings / span,
    bytes: sum.wavBytes / span,
    wavBytes: sum.wavBytes / span,
  }));
}

/** How much a cohort of this age changes from tomorrow on: by how many bytes, and in how many days. */
function changesOf(
  cohort: Cohort,
  age: number,
  { rules, tools }: Rules,
  shares: Record<AudioFormat, number>,
): { inDays: number; bytes: number }[] {
  if (cohort.trashed) return [{ inDays: TRASH_DAYS, bytes: -cohort.bytes }];
  const rule = ruleFor(rules, cohort);
  if (!rule || cohort.held) return [];
  const { flacAfter, opusAfter, deleteAfter } = rule;
  const gone = deleteAfter === null ? null : deleteAfter + TRASH_DAYS;
  // what is due already is done tonight
  const ages = [flacAfter, opusAfter, gone].filter((step) => step !== null).filter((step) => step > age + 1);
  let size = cohort.bytes;
  return [age + 1, ...ages.toSorted((a, b) => a - b)].map((next) => {
    const before = size;
    size = bytesAt(cohort, rule, next, tools, shares);
    return { inDays: next - age, bytes: size - before };
  });
}

/**
 * Days until the disk has no room if as much arrives each day as lately and the rules stay: what arrived is followed
 * through its formats until it is deleted. Null where that does not happen within ten years.
 */
export function daysUntilFull(
  cohorts: readonly Cohort[],
  rules: Rules,
  today: string,
  freeBytes: number,
): number | null {
  const shares = sharesOf(cohorts);
  /** By day: what changes of what lies there now; and of one day's recordings by their age. */
  const [stock, daily] = [new Float64Array(HORIZON + 1), new Float64Array(HORIZON + 1)];
  const add = (to: Float64Array, day: number, bytes: number): void => {
    if (day <= HORIZON) to[day] = (to[day] ?? 0) + bytes;
  };
  for (const cohort of cohorts)
    for (const { inDays, bytes } of changesOf(cohort, daysBetween(cohort.day, today), rules, shares))
      add(stock, inDays, bytes);
  for (const cohort of arrivals(cohorts, today)) {
    add(daily, 0, cohort.bytes);
    for (const { inDays, bytes } of changesOf(cohort, 0, rules, shares)) add(daily, inDays, bytes);
  }
  let [room, each] = [freeBytes, 0];
  for (let day = 1; day <= HORIZON; day++) {
    // the recordings of every day since tomorrow have one age each
    each += daily[day - 1] ?? 0;
    room -= each + (stock[day] ?? 0);
    if (room <= 0) return day;
  }
  return null;
}

/** The room that is taken now, by month and format, and the end of it. */
export function capacityOf(
  cohorts: readonly Cohort[],
  rules: Rules,
  today: string,
  freeBytes: number | null,
): Capacity {
  const months = new Map<string, Capacity["months"][number]>();
  const sums = { recordings: 0, bytes: 0, trashBytes: 0 };
  for (const { day, format, trashed, recordings, bytes } of cohorts) {
    sums.bytes += bytes;
    if (trashed) sums.trashBytes += bytes;
    if (trashed) continue;
    sums.recordings += recordings;
    const month = day.slice(0, 7);
    const row = months.get(month) ?? { month, recordings: 0, wav: 0, flac: 0, opus: 0 };
    row.recordings += recordings;
    row[format] += bytes;
    months.set(month, row);
  }
  return {
    ...sums,
    bytesPerDay: Math.round(arrivals(cohorts, today).reduce((sum, { bytes }) => sum + bytes, 0)),
    freeBytes,
    daysLeft: freeBytes === null ? null : daysUntilFull(cohorts, rules, today, freeBytes),
    months: [...months.values()].toSorted((a, b) => a.month.localeCompare(b.month)),
  };
}
