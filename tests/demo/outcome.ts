import type { BuiltInDisposition } from "#contract";
import type { Agent, Campaign } from "./cast.ts";
import type { Chance } from "./chance.ts";

/** How long the parts of a call last, in seconds, and how it ends; the same for the past and for what goes on. */
export type Plan = {
  campaign: Campaign;
  inbound: boolean;
  ringSeconds: number;
  answered: boolean;
  talkSeconds: number;
  holdSeconds: number;
  wrapUpSeconds: number;
  asks: number;
  disposition: BuiltInDisposition;
  saleAmount: number | null;
};

const PRICES: Record<Campaign, number[]> = {
  Fibra: [29.9, 29.9, 29.9, 39.9],
  Seguros: [18.5, 18.5, 12.9, 210],
};
/** What asking the copilot goes along with in this made-up company. */
const HELP = 1.3;

/**
 * A call that an agent is about to have.
 * @param ai how often an answered call asks the copilot, 0 to 1
 */
export function plan(agent: Agent, ai: number, by: Chance): Plan {
  const campaign: Campaign = by.happens(agent.fibre) ? "Fibra" : "Seguros";
  const inbound = by.happens(0.3);
  const answered = by.happens(inbound ? 0.95 : 0.76);
  const asks = answered && by.happens(ai) ? by.whole(1, 3) : 0;
  const disposition = answered ? outcome(agent.skill * (asks > 0 ? HELP : 1), by) : "no_answer";
  const sold = disposition === "sale";
  const reached = disposition !== "no_answer";
  return {
    campaign,
    inbound,
    answered,
    asks,
    disposition,
    ringSeconds: answered ? by.whole(3, 12) : by.whole(15, 30),
    talkSeconds: !answered ? 0 : reached ? by.lasting(sold ? 200 : 125, 0.5, 30, 360) : by.whole(12, 30),
    holdSeconds: reached && by.happens(0.15) ? by.whole(10, 60) : 0,
    wrapUpSeconds: answered ? by.lasting(sold ? 55 : 30, 0.6, 8, 290) : 0,
    saleAmount: sold ? by.one(PRICES[campaign]) : null,
  };
}

function outcome(sale: number, by: Chance): BuiltInDisposition {
  if (by.happens(0.08)) return "no_answer";
  if (by.happens(sale)) return "sale";
  return by.one(["not_interested", "not_interested", "not_interested", "follow_up", "follow_up", "other"]);
}
