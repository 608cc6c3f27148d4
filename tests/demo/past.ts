import { v7 as uuidv7 } from "uuid";
import type { DeclaredState } from "#contract";
import { searchable } from "../../server/db/searchable.ts";
import type { Tables } from "../../server/db/schema.ts";
import { dayOf, placeOf, startOfDay } from "../../server/db/time.ts";
import { customer, TIME_ZONE, type Agent } from "./cast.ts";
import { chance, type Chance } from "./chance.ts";
import { plan, type Plan } from "./outcome.ts";

export type CallRow = Tables["calls"]["$inferInsert"];
export type StateRow = Tables["agentStates"]["$inferInsert"];
export type Past = { calls: CallRow[]; states: StateRow[] };
/** Where an agent belongs, by id. */
export type Place = { agentId: string; teamId: string; siteId: string };

const MINUTE = 60_000;
/** Days after which hardly anybody asks the copilot yet; from then on more do, week by week. */
const AI_SINCE = 84;

/** Instants between which somebody works, in milliseconds. */
export type Shift = { from: number; to: number };

/** When an agent worked on a day; null where they did not. Sundays are free, few work on Saturdays. */
export function shiftOn(agent: Agent, day: string): Shift | null {
  const by = chance(`${agent.name} ${day} shift`);
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  if (weekday === 0 || by.happens(weekday === 6 ? 0.75 : 0.05)) return null;
  const early = chance(agent.name).happens(0.55);
  const begin = startOfDay(day, TIME_ZONE).getTime() + ((early ? 9 : 14) * 60 + by.whole(0, 12)) * MINUTE;
  return { from: begin, to: begin + by.whole(340, 370) * MINUTE };
}

/** What an agent did in a shift, up to its end: calls one after the other, with pauses between. */
export function worked(agent: Agent, place: Place, shift: Shift, now: number): Past {
  const day = dayOf(new Date(shift.from), TIME_ZONE);
  const by = chance(`${agent.name} ${day} ${shift.from}`);
  const ago = (now - shift.from) / 86_400_000;
  const ai = ago > AI_SINCE ? 0 : 0.15 + 0.35 * (1 - ago / AI_SINCE);
  const calls: CallRow[] = [];
  const states: StateRow[] = [];
  const declare = (state: DeclaredState, since: number, reason: string | null = null) =>
    states.push({
      id: uuidv7({ msecs: since }),
      agentId: place.agentId,
      state,
      reason,
      since: new Date(since),
    });

  declare("available", shift.from);
  const rest = (shift.from + shift.to) / 2;
  let rested = false;
  for (let at = shift.from + by.whole(20, 120) * 1000; ;) {
    if (!rested && at > rest) {
      const back = at + by.lasting(17 * 60, 0.2, 600, 1500) * 1000;
      if (back > shift.to) break;
      declare("paused", at, "Descanso");
      declare("available", back);
      [rested, at] = [true, back + by.whole(5, 60) * 1000];
    }
    const call = finished(place, plan(agent, ai, by), at, now, by);
    const end = call.countedAt?.getTime() ?? at;
    if (end > shift.to) break;
    calls.push(call);
    at = end + by.lasting(330, 0.7, 10, 1200) * 1000;
  }
  declare("offline", shift.to);
  return { calls, states };
}

/** A call that is over, as the product keeps it. */
function finished(place: Place, what: Plan, at: number, now: number, by: Chance): CallRow {
  const { name, phone } = customer(by);
  const after = (seconds: number) => new Date(at + seconds * 1000);
  const { ringSeconds, talkSeconds, holdSeconds, wrapUpSeconds, answered, disposition, campaign } = what;
  const endedAt = after(ringSeconds + talkSeconds + holdSeconds);
  const countedAt = new Date(endedAt.getTime() + wrapUpSeconds * 1000);
  const counted = placeOf(countedAt, TIME_ZONE);
  const callback = disposition === "follow_up" ? at + by.whole(20, 90) * 3_600_000 : null;
  return {
    ...place,
    id: uuidv7({ msecs: at }),
    startedAt: new Date(at),
    receivedAt: new Date(at),
    clockOffsetMs: 0,
    startDigest: "",
    endDigest: "",
    direction: what.inbound ? "inbound" : "outbound",
    source: "softphone",
    contactName: name ?? null,
    contactPhone: phone,
    campaign,
    searchText: searchable(`${name ?? ""} ${phone.replace(/\D/g, "")} ${campaign}`),
    answeredAt: answered ? after(ringSeconds) : null,
    endedAt,
    talkSeconds,
    holdSeconds,
    outcome: answered ? "answered" : "missed",
    disposition,
    contacted: disposition !== "no_answer",
    sold: disposition === "sale",
    saleAmount: what.saleAmount,
    callbackAt: callback === null ? null : new Date(callback),
    // what was due before this moment was done
    callbackDoneAt: callback !== null && callback < now ? new Date(callback) : null,
    wrapUpEndedAt: answered ? countedAt : null,
    wrapUpEndedBy: answered ? "agent" : null,
    wrapUpSeconds: answered ? wrapUpSeconds : null,
    countedAt,
    countedHour: counted.hour,
    countedDay: counted.day,
    aiAsks: what.asks,
    heldOut: what.asks > 0 && by.happens(0.1),
    captureAgent: answered ? "ok" : null,
    captureCustomer: answered ? "ok" : null,
  };
}
