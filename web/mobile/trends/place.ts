import type { FigurePlace } from "#contract";
import type { Answer } from "./asking.ts";

/** Where a number of this screen stands; a row narrows it. */
export type Place = (narrower?: FigurePlace) => FigurePlace;

/** The place of an answer: its days, and what was asked for. */
export const placeOf =
  ({ trends: { from, to }, of: { scope, campaign } }: Answer): Place =>
  (narrower = {}) => ({
    ...(scope === "" ? {} : { scope }),
    ...(campaign === "" ? {} : { campaign }),
    from,
    to,
    ...narrower,
  });
