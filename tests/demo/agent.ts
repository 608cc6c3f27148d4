import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { customer, PAUSES, type Agent, type Customer } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { plan, type Plan } from "./outcome.ts";
import type { Heard, Recorder } from "./recorder.ts";
import type { Ask } from "./wire.ts";

/** What an agent's work needs; `signal` ends it. */
export type Desk = {
  device: Ask;
  recorder: Recorder;
  by: Chance;
  signal: AbortSignal;
  /** Something went wrong that is not the end of the demo. */
  trouble(error: unknown): void;
};
type Promised = { at: number; callId: string; customer: Customer };

const AI = 0.5;
/** A pause from which somebody forgets to come back, now and then, in seconds. */
const FORGOTTEN_PAUSE = 1600;

/** An agent's work from how they are found on, until the signal; never rejects. */
export async function work(agent: Agent, desk: Desk, freeSince: Date | null): Promise<void> {
  const { signal, by, trouble } = desk;
  const seconds = (n: number) => sleep(n * 1000, undefined, { signal });
  const promised: Promised[] = [];
  let found = true;
  while (!signal.aborted)
    try {
      if (found) await open(agent, desk, freeSince, seconds);
      found = false;
      await call(agent, desk, { seconds, promised });
      if (by.happens(0.07)) await pause(desk, seconds);
      await seconds(by.lasting(18, 0.7, 4, 75));
    } catch (error) {
      if (signal.aborted) return;
      found = false;
      trouble(error);
      await sleep(5000, undefined, { signal }).catch(() => undefined);
    }
}

type Rhythm = { seconds(n: number): Promise<void>; promised?: Promised[] };

/** How the agent is found: what goes on began before the demo did, but not before the last one ended. */
async function open(
  agent: Agent,
  desk: Desk,
  freeSince: Date | null,
  seconds: Rhythm["seconds"],
): Promise<void> {
  const { device, by } = desk;
  const { doing, reason, seconds: wanted } = agent.opening;
  const free = freeSince ? (Date.now() - freeSince.getTime()) / 1000 - 5 : wanted;
  const ago = Math.max(0, Math.min(wanted, free));
  const at = new Date(Date.now() - ago * 1000).toISOString();
  if (doing === "paused") {
    await device("POST", "/api/agents/me/state", { state: "paused", reason, at });
    await seconds(by.whole(300, 420));
    await device("POST", "/api/agents/me/state", { state: "available" });
    return;
  }
  await device("POST", "/api/agents/me/state", { state: "available", at });
  const busy = doing === "on_call" || doing === "wrap_up";
  if (busy) await call(agent, desk, { seconds }, { already: ago, over: doing === "wrap_up" });
  else await seconds(by.whole(3, 25));
}

/**
 * One call: it rings, is answered or not, the copilot is asked, it ends and is written up. `already` seconds of it
 * lie before now; with `over`, those are of its wrap-up.
 */
async function call(
  agent: Agent,
  desk: Desk,
  { seconds, promised = [] }: Rhythm,
  found?: { already: number; over: boolean },
): Promise<void> {
  const { device, by } = desk;
  const due = promised.findIndex(({ at }) => at < Date.now());
  const [callback] = due < 0 ? [] : promised.splice(due, 1);
  const who = callback?.customer ?? customer(by);
  const what = plan(agent, AI, by);
  if (callback) what.inbound = false;
  if (found) Object.assign(what, { answered: true, ringSeconds: 6, ...lastingLong(what, found, by) });
  const before = found ? found.already + (found.over ? what.ringSeconds + what.talkSeconds : 0) : 0;
  const startedAt = Date.now() - before * 1000;
  const id = uuidv7({ msecs: startedAt });
  const until = (second: number) => seconds(Math.max(0, startedAt / 1000 + second - Date.now() / 1000));
  await device("POST", "/api/calls/start", {
    id,
    startedAt: new Date(startedAt).toISOString(),
    direction: what.inbound ? "inbound" : "outbound",
    contact: who,
    campaign: what.campaign,
    source: "softphone",
  });
  await until(what.ringSeconds);
  const heard: Heard = {
    id,
    campaign: what.campaign,
    disposition: what.disposition,
    seconds: what.talkSeconds,
    customer: who.name,
  };
  if (what.answered) {
    const customerSide = agent.deaf ? "missing" : "ok";
    await device("POST", "/api/agents/me/capture", { callId: id, agent: "ok", customer: customerSide });
    await converse(agent, desk, what, heard, (ms) => until(what.ringSeconds + ms / 1000));
  }
  await until(what.ringSeconds + what.talkSeconds + what.holdSeconds);
  await hangUp(device, id, startedAt, what);
  if (callback) await device("PATCH", `/api/calls/${callback.callId}`, { callbackDone: true });
  if (what.answered) desk.recorder.keep(device, agent, heard).catch(desk.trouble);
  await until(what.ringSeconds + what.talkSeconds + what.holdSeconds + what.wrapUpSeconds);
  const callbackAt = what.disposition === "follow_up" ? Date.now() + by.whole(4, 30) * 60_000 : null;
  if (callbackAt !== null) promised.push({ at: callbackAt, callId: id, customer: who });
  await device("PATCH", `/api/calls/${id}`, {
    disposition: what.disposition,
    ...(what.saleAmount !== null && { saleAmount: what.saleAmount }),
    ...(callbackAt !== null && { callbackAt: new Date(callbackAt).toISOString() }),
  });
}

/** A call that is found must not end, or its wrap-up be over, before anybody has looked. */
function lastingLong(
  { talkSeconds, disposition }: Plan,
  { already, over }: { already: number; over: boolean },
  by: Chance,
): Partial<Plan> {
  const reached: Partial<Plan> = {
    holdSeconds: 0,
    ...(disposition === "no_answer" && { disposition: "not_interested" }),
  };
  return over
    ? { ...reached, talkSeconds: Math.max(60, talkSeconds), wrapUpSeconds: already + by.whole(30, 120) }
    : { ...reached, talkSeconds: Math.round(Math.max(talkSeconds, already + by.whole(25, 130))) };
}

/** The customer's objections in turn, with the copilot asked about the first of them. */
async function converse(
  agent: Agent,
  { device, recorder, by, trouble }: Desk,
  what: Plan,
  heard: Heard,
  until: (ms: number) => Promise<void>,
): Promise<void> {
  const { objections } = recorder.said(agent, heard);
  for (const { text, atMs } of objections.slice(0, what.asks)) {
    await until(atMs);
    const id = uuidv7();
    const context = what.campaign === "Fibra" ? "Internet Fibra Óptica 300Mbps" : "Seguro de hogar";
    await device("POST", "/api/copilot/ask", { id, callId: heard.id, text, context });
    if (by.happens(0.6))
      device("POST", `/api/copilot/asks/${id}`, { copied: by.one(["approved", "approved", "ai"]) }).catch(
        trouble,
      );
  }
}

async function hangUp(device: Ask, id: string, startedAt: number, what: Plan): Promise<void> {
  const answeredAt = startedAt + what.ringSeconds * 1000;
  await device("POST", "/api/calls/end", {
    id,
    endedAt: new Date(answeredAt + (what.talkSeconds + what.holdSeconds) * 1000).toISOString(),
    talkSeconds: what.talkSeconds,
    holdSeconds: what.holdSeconds,
    ...(what.answered
      ? { answeredAt: new Date(answeredAt).toISOString(), outcome: "answered" }
      : { outcome: "missed" }),
  });
}

async function pause({ device, by }: Desk, seconds: Rhythm["seconds"]): Promise<void> {
  const { reason, median } = by.one(PAUSES);
  await device("POST", "/api/agents/me/state", { state: "paused", reason });
  await seconds(by.happens(0.05) ? FORGOTTEN_PAUSE : by.lasting(median / 2, 0.4, 45, 900));
  await device("POST", "/api/agents/me/state", { state: "available" });
}
