import { Hono } from "hono";
import {
  behindQuery,
  explainQuery,
  trendsQuery,
  type Call,
  type Explanation,
  type FigurePlace,
  type Metric,
  type MetricId,
  type Role,
  type Totals,
  type Trends,
} from "#contract";
import * as scene from "./scene.ts";
import { callsBehind, trendsOf } from "./trends-scene.ts";
import { problem } from "./wire.ts";

export type FigureOptions = {
  /** What every query for trends gets, instead of the scene's. */
  trends?: Trends;
  heldOut?: boolean;
  /** Trends that do not arrive. */
  trendsDown?: boolean;
};

const WORDS: Partial<Record<MetricId, Omit<Metric, "id" | "source">>> = {
  calls: {
    name: "Llamadas",
    formula: "llamadas que terminaron en esos días",
    unit: "count",
    numerator: "llamadas",
    denominator: null,
  },
  sales: {
    name: "Ventas",
    formula: "llamadas marcadas como venta",
    unit: "count",
    numerator: "ventas",
    denominator: null,
  },
  averageHandle: {
    name: "Duración media (AHT)",
    formula: "(conversación + espera + posllamada) / llamadas atendidas",
    unit: "seconds",
    numerator: "segundos de gestión",
    denominator: "llamadas atendidas",
  },
  aiShare: {
    name: "Uso de la IA",
    formula: "llamadas en que respondió la IA / llamadas atendidas",
    unit: "share",
    numerator: "llamadas con IA",
    denominator: "llamadas atendidas",
  },
  talk: {
    name: "Tiempo en llamada",
    formula: "suma del tiempo de conversación",
    unit: "seconds",
    numerator: "tiempo en llamada",
    denominator: null,
  },
};
const rate = (against: string): Omit<Metric, "id" | "source"> => ({
  name: "Tasa de éxito",
  formula: `ventas / ${against}`,
  unit: "share",
  numerator: "ventas",
  denominator: against,
});
const AGAINST: Partial<Record<MetricId, "contacts" | "answered" | "calls">> = {
  successRate: "contacts",
  successRateByAnswered: "answered",
  successRateByCalls: "calls",
};
const NAMES = { contacts: "contactos", answered: "atendidas", calls: "llamadas" };

const daysIn = ({ from = "", to = "" }: FigurePlace): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

function partsOf(metric: MetricId, totals: Totals): [numerator: number, denominator: number | null] {
  const against = AGAINST[metric];
  if (against) return [totals.sales, totals[against]];
  switch (metric) {
    case "sales":
      return [totals.sales, null];
    case "talk":
      return [totals.talkSeconds, null];
    case "averageHandle":
      return [totals.talkSeconds + totals.holdSeconds + totals.wrapUpSeconds, totals.answered];
    case "aiShare":
      return [totals.aiCalls, totals.answered];
    default:
      return [totals.calls, null];
  }
}

/** Trends, explanations and the calls behind them. */
export function fakeFigures(options: FigureOptions, role: () => Role | null) {
  const ofRole = (scope: string | undefined): string =>
    scope ?? (role() === "supervisor" ? `team:${scene.me("supervisor").team}` : "all");
  const trendsAt = (place: FigurePlace & { days: number }): Trends =>
    options.trends ??
    trendsOf({
      scope: ofRole(place.scope),
      days: place.days,
      heldOut: options.heldOut ?? false,
      ...(place.campaign !== undefined && { campaign: place.campaign }),
    });

  function explain(metric: MetricId, place: FigurePlace): Explanation {
    const days = daysIn(place);
    const today = days === 1;
    const trends = trendsAt({ ...place, days: today ? 7 : days });
    const { numerator: sales, denominator: cases } = trends.ai[place.ai === "with" ? "with" : "without"].rate;
    const totals = today
      ? scene.stats.totals
      : place.ai
        ? { ...trends.totals, sales, contacts: cases, answered: cases, calls: cases }
        : trends.totals;
    const [numerator, denominator] = partsOf(metric, totals);
    const against = AGAINST[metric];
    const words = against ? rate(NAMES[against]) : WORDS[metric];
    if (!words) throw new Error(`the scene does not say what ${metric} is`);
    return {
      metric: { ...words, id: metric, source: "ICMI, Contact Center Metrics" },
      scope: ofRole(place.scope),
      from: place.from ?? "",
      to: place.to ?? "",
      value: denominator === null ? numerator : denominator === 0 ? null : numerator / denominator,
      numerator,
      denominator,
      few: denominator !== null && denominator < 20,
      spread: metric === "averageHandle" ? { median: 242, p90: 580 } : null,
    };
  }

  const lists = { numerator: callsBehind(true), denominator: callsBehind(false) };
  const app = new Hono()
    .get("/trends", (c) =>
      options.trendsDown
        ? c.json(problem(503, "database_down", "Las cifras no llegan.", "Prueba otra vez en un minuto."), 503)
        : c.json(trendsAt(trendsQuery.parse(c.req.query())), 200),
    )
    .get("/explain", (c) => {
      const { metric, ...place } = explainQuery.parse(c.req.query());
      return c.json(explain(metric, place), 200);
    })
    .get("/behind", (c) => {
      const { part, after, limit } = behindQuery.parse(c.req.query());
      const from = Number(after ?? 0);
      const items = lists[part].slice(from, from + limit);
      const next = from + limit < lists[part].length ? String(from + limit) : null;
      return c.json({ items, next }, 200);
    });
  return {
    app,
    /** A call behind a number, by its id. */
    call: (id: string): Call | undefined =>
      [...lists.numerator, ...lists.denominator].find((call) => call.id === id),
  };
}
