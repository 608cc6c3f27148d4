import type { Language, Metric, MetricId } from "#contract";
import type { FigureColumn } from "../db/counting.ts";
import { handlingSeconds, type Figures } from "./figures.ts";
import type { What } from "./lengths.ts";
import { metricTexts } from "./metrics.texts.ts";

/** One side of a metric: its number, and which calls make it up. */
type Part = { of: (figures: Readonly<Figures>) => number; calls: FigureColumn };
/** What a metric is. Without a denominator it is a plain sum. */
type Definition = {
  unit: Metric["unit"];
  numerator: Part;
  denominator: Part | null;
  /** The lengths whose median and p90 stand beside the mean. */
  spread?: What;
};

const sum = (column: FigureColumn, calls = column): Part => ({ of: (figures) => figures[column], calls });
const handling: Part = { of: handlingSeconds, calls: "answered" };
/** Time at work with the telephone: handling and ready. */
const loggedInSeconds = (figures: Readonly<Figures>): number =>
  handlingSeconds(figures) + figures.readySeconds;

/** Every metric, defined once. Formula and source stand in metrics.texts.ts, in both languages. */
export const definitions: Record<MetricId, Definition> = {
  calls: { unit: "count", numerator: sum("calls"), denominator: null },
  answered: { unit: "count", numerator: sum("answered"), denominator: null },
  contacts: { unit: "count", numerator: sum("contacts"), denominator: null },
  sales: { unit: "count", numerator: sum("sales"), denominator: null },
  saleAmount: {
    unit: "money",
    numerator: { of: ({ saleCents }) => saleCents / 100, calls: "sales" },
    denominator: null,
  },
  successRate: { unit: "share", numerator: sum("sales"), denominator: sum("contacts") },
  successRateByAnswered: { unit: "share", numerator: sum("sales"), denominator: sum("answered") },
  successRateByCalls: { unit: "share", numerator: sum("sales"), denominator: sum("calls") },
  contactRate: { unit: "share", numerator: sum("contacts"), denominator: sum("calls") },
  averageTalk: {
    unit: "seconds",
    numerator: sum("talkSeconds", "answered"),
    denominator: sum("answered"),
    spread: "talk",
  },
  averageHold: {
    unit: "seconds",
    numerator: sum("holdSeconds", "holdCalls"),
    denominator: sum("holdCalls"),
  },
  averageWrapUp: {
    unit: "seconds",
    numerator: sum("wrapUpSeconds", "wrapUpCalls"),
    denominator: sum("wrapUpCalls"),
    spread: "wrapUp",
  },
  averageHandle: { unit: "seconds", numerator: handling, denominator: sum("answered"), spread: "handle" },
  talk: { unit: "seconds", numerator: sum("talkSeconds", "answered"), denominator: null },
  occupancy: {
    unit: "share",
    numerator: handling,
    denominator: { of: loggedInSeconds, calls: "answered" },
  },
  salesPerHour: {
    unit: "perHour",
    numerator: sum("sales"),
    denominator: { of: (figures) => loggedInSeconds(figures) / 3600, calls: "answered" },
  },
  aiShare: { unit: "share", numerator: sum("aiCalls"), denominator: sum("answered") },
  aiAsks: { unit: "count", numerator: sum("aiAsks"), denominator: null },
};
export const metricIds = Object.keys(definitions) as MetricId[];

/** Fewer calls than this say little. */
const FEW = 20;

/** A metric's value with what it is made of. `few`: made of fewer calls than say much. */
export function measured(id: MetricId, figures: Readonly<Figures>) {
  const { numerator, denominator } = definitions[id];
  const above = numerator.of(figures);
  if (denominator === null) return { value: above, numerator: above, denominator: null, few: false };
  const below = denominator.of(figures);
  const value = below === 0 ? null : above / below;
  return { value, numerator: above, denominator: below, few: figures[denominator.calls] < FEW };
}

/** What a metric means, for a reader. */
export function describe(id: MetricId, language: Language): Metric {
  const [name, formula, source, numerator, denominator] = metricTexts[language][id];
  return { id, name, formula, source, unit: definitions[id].unit, numerator, denominator };
}
