import type { Rate, Totals } from "#contract";
import type { FigureColumn } from "../db/counting.ts";

/** Summed figures of any owners and days, as the database has them; money in hundredths. */
export type Figures = Record<FigureColumn | "readySeconds" | "pausedSeconds", number>;

export const NOTHING: Readonly<Figures> = {
  calls: 0,
  answered: 0,
  contacts: 0,
  sales: 0,
  saleCents: 0,
  talkSeconds: 0,
  holdSeconds: 0,
  holdCalls: 0,
  wrapUpSeconds: 0,
  wrapUpCalls: 0,
  aiAsks: 0,
  aiCalls: 0,
  aiContacts: 0,
  aiSales: 0,
  heldOutCalls: 0,
  heldOutContacts: 0,
  heldOutSales: 0,
  readySeconds: 0,
  pausedSeconds: 0,
};
export const figureNames = Object.keys(NOTHING) as (keyof Figures)[];

export function total(rows: readonly Readonly<Figures>[]): Figures {
  const sum = { ...NOTHING };
  for (const row of rows) for (const name of figureNames) sum[name] += row[name];
  return sum;
}
export const plus = (a: Readonly<Figures>, b: Readonly<Figures>): Figures => total([a, b]);

/** A share with what it is made of. */
export const rateOf = (numerator: number, denominator: number): Rate => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});

type HandlingColumn = "talkSeconds" | "holdSeconds" | "wrapUpSeconds";
/** Time with customers or their cases: talk, hold and wrap-up, in seconds. */
export const handlingSeconds = (figures: Readonly<Pick<Figures, HandlingColumn>>): number =>
  figures.talkSeconds + figures.holdSeconds + figures.wrapUpSeconds;

/** The part of the time that is for calls which went on calls. */
function occupancyOf(figures: Readonly<Pick<Figures, "readySeconds" | HandlingColumn>>): Rate {
  const handling = handlingSeconds(figures);
  return rateOf(handling, handling + figures.readySeconds);
}

/** What stands in an agent's row. */
export type AgentFigures = Pick<
  Totals,
  "calls" | "contacts" | "sales" | "successRate" | "talkSeconds" | "aiAsks" | "occupancy"
>;

/** Figures as an agent's row shows them. */
export function agentFiguresOf(
  figures: Readonly<
    Pick<Figures, "calls" | "contacts" | "sales" | "aiAsks" | "readySeconds" | HandlingColumn>
  >,
): AgentFigures {
  const { calls, contacts, sales, talkSeconds, aiAsks } = figures;
  const successRate = rateOf(sales, contacts);
  return { calls, contacts, sales, successRate, talkSeconds, aiAsks, occupancy: occupancyOf(figures) };
}

/** Figures as a board shows them. */
export function totalsOf(figures: Readonly<Figures>): Totals {
  const { calls, answered, contacts, sales, talkSeconds, holdSeconds, holdCalls, wrapUpSeconds } = figures;
  const { wrapUpCalls, readySeconds, pausedSeconds, aiAsks, aiCalls } = figures;
  return {
    calls,
    answered,
    contacts,
    sales,
    saleAmount: figures.saleCents / 100,
    successRate: rateOf(sales, contacts),
    talkSeconds,
    holdSeconds,
    holdCalls,
    wrapUpSeconds,
    wrapUpCalls,
    readySeconds,
    pausedSeconds,
    occupancy: occupancyOf(figures),
    aiAsks,
    aiCalls,
  };
}
