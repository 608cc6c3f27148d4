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

export function plus(a: Readonly<Figures>, b: Readonly<Figures>): Figures {
  return Object.fromEntries(figureNames.map((name) => [name, a[name] + b[name]])) as Figures;
}
export const total = (rows: readonly Readonly<Figures>[]): Figures =>
  rows.reduce<Figures>(plus, { ...NOTHING });

/** A share with what it is made of. */
export const rateOf = (numerator: number, denominator: number): Rate => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});

/** Time with customers or their cases: talk, hold and wrap-up, in seconds. */
export const handlingSeconds = (figures: Readonly<Figures>): number =>
  figures.talkSeconds + figures.holdSeconds + figures.wrapUpSeconds;

/** Figures as a board shows them. */
export function totalsOf(figures: Readonly<Figures>): Totals {
  const { calls, answered, contacts, sales, talkSeconds, holdSeconds, holdCalls, wrapUpSeconds } = figures;
  const { wrapUpCalls, readySeconds, pausedSeconds, aiAsks, aiCalls } = figures;
  const handling = handlingSeconds(figures);
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
    occupancy: rateOf(handling, handling + readySeconds),
    aiAsks,
    aiCalls,
  };
}
