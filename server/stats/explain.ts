import type { z } from "zod";
import type { behindQuery, Call, Explanation, explainQuery, Language, Page } from "#contract";
import { scopeOf, type Scope } from "../auth/scope.ts";
import type { Agents } from "../agents/agents.ts";
import type { Calls } from "../calls/calls.ts";
import { dayOf } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { NOTHING, type Figures } from "./figures.ts";
import { durationOf } from "./lengths.ts";
import { definitions, describe, measured } from "./metrics.ts";
import type { StatsRoom } from "./stats.ts";

export type Explain = ReturnType<typeof createExplain>;
type Place = z.output<typeof explainQuery>;

/** Numbers opened: what they mean, what they are made of, and the calls behind them. */
export function createExplain(
  { clock }: Pick<Deps, "clock">,
  { stats, agents, calls }: { stats: StatsRoom; agents: Agents; calls: Calls },
) {
  /** Whose numbers, and on which days; a day that is not over ends now. @throws not_found, invalid */
  async function placed(actor: Actor, place: Place) {
    if (place.ai && !(place.metric in ofHelp)) throw aiUnknown();
    const named = place.agent ? await oneAgent(actor, place.agent) : await agents.named(actor, place.scope);
    const timeZone = await agents.timeZone(actor, named.scope);
    const to = place.to ?? dayOf(clock(), timeZone);
    const from = place.from ?? to;
    return { ...named, timeZone, from, to };
  }

  /** @throws not_found for somebody whom the actor does not see */
  async function oneAgent(actor: Actor, id: string): Promise<{ scope: Scope; name: string }> {
    if (!(await agents.sees(scopeOf(actor), id))) throw new AppError("not_found");
    return { scope: { by: "agent", id }, name: id === actor.userId ? "me" : "agent" };
  }

  return {
    /** @throws not_found, invalid */
    async number(actor: Actor, place: Place, language: Language): Promise<Explanation> {
      const { scope, name, timeZone, from, to } = await placed(actor, place);
      const until = place.until === undefined ? null : new Date(place.until);
      const { figures, lengths } = await stats.span(scope, timeZone, {
        from,
        to,
        until,
        campaign: place.campaign,
      });
      const wanted = place.ai ? helpedOnly(figures, place.ai) : figures;
      const { spread } = definitions[place.metric];
      // lengths are counted by whole days and all campaigns
      const whole = until === null && place.campaign === undefined && place.ai === undefined;
      const { median, p90 } = spread && whole ? durationOf(spread, figures, lengths) : NO_SPREAD;
      return {
        metric: describe(place.metric, language),
        scope: name,
        from,
        to,
        ...measured(place.metric, wanted),
        spread: median === null || p90 === null ? null : { median, p90 },
      };
    },

    /** The calls that a number counts, newest first. @throws not_found, invalid */
    async calls(actor: Actor, query: z.output<typeof behindQuery>): Promise<Page<Call>> {
      const { scope, from, to } = await placed(actor, query);
      const { numerator, denominator } = definitions[query.metric];
      const part = query.part === "denominator" ? (denominator ?? numerator) : numerator;
      return calls.counted({ scope, from, to, column: part.calls, ...pick(query) }, query.after, query.limit);
    },
  };
}

const NO_SPREAD = { median: null, p90: null };
const pick = ({ until, campaign, ai }: Place) => ({
  until: until === undefined ? undefined : new Date(until),
  campaign,
  ai,
});
const aiUnknown = () =>
  new AppError("invalid", { errors: [{ path: "ai", message: "not counted apart for this metric" }] });

/** The metrics that are counted apart for calls with and without the copilot. */
const ofHelp = {
  answered: true,
  contacts: true,
  sales: true,
  successRate: true,
  successRateByAnswered: true,
};

/** Of answered calls: those in which the copilot helped, those held out, and all others. */
export function helpedOnly(figures: Readonly<Figures>, ai: "with" | "without" | "held_out"): Figures {
  const { aiCalls, aiContacts, aiSales, heldOutCalls, heldOutContacts, heldOutSales } = figures;
  if (ai === "with") return { ...NOTHING, answered: aiCalls, contacts: aiContacts, sales: aiSales };
  if (ai === "held_out")
    return { ...NOTHING, answered: heldOutCalls, contacts: heldOutContacts, sales: heldOutSales };
  return {
    ...NOTHING,
    answered: figures.answered - aiCalls - heldOutCalls,
    contacts: figures.contacts - aiContacts - heldOutContacts,
    sales: figures.sales - aiSales - heldOutSales,
  };
}
