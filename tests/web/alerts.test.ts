import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentRow, AlertKind, Call, Capture, Goals } from "#contract";
import { alertsOf, heededLimits, urgencyOf, type Known } from "../../web/mobile/alerts/alerts.ts";
import { lostVoice } from "../../web/mobile/alerts/lost-voice.ts";
import { agents, ended, limits, NOW } from "./support/scene.ts";

const now = NOW.getTime();
const since = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
const [anyone] = agents;
const [anyCall] = ended;
assert.ok(anyone && anyCall);

/** Somebody in a state for so many minutes, with nothing else the matter. */
const row = (state: AgentRow["state"], minutes: number, more: Partial<AgentRow> = {}): AgentRow => ({
  ...anyone,
  state,
  since: since(minutes),
  capture: null,
  ...more,
});
const known = (more: Partial<Known>): Known => ({
  agents: [],
  limits,
  muted: [],
  goals: {},
  callbacks: [],
  now,
  ...more,
});
const told = (more: Partial<Known>): string[] =>
  alertsOf(known(more)).map(({ kind, tone }) => `${kind} ${tone}`);
const capture = (agent: Capture["agent"], customer: Capture["customer"]): Partial<AgentRow> => ({
  capture: { agent, customer },
  captureSince: since(8),
});
const goals = (calls: number | null, sales: number | null): Record<string, Goals> => ({
  [anyone.team]: { calls, sales },
});
const callback = (minutes: number, more: Partial<Call> = {}): Call => ({
  ...anyCall,
  callbackAt: since(minutes),
  ...more,
});

const table: [what: string, known: Partial<Known>, told: string[]][] = [
  ["nothing at all", {}, []],
  ["a call of ten minutes", { agents: [row("on_call", 10)] }, ["long_call warn"]],
  ["a call just under them", { agents: [row("on_call", 9.9)] }, []],
  [
    "a call of hours: nobody must act, it only takes long",
    { agents: [row("on_call", 300)] },
    ["long_call warn"],
  ],
  ["a long wait", { agents: [row("available", 5)] }, ["long_wait warn"]],
  ["a wrap-up of two minutes", { agents: [row("wrap_up", 2)] }, ["long_wrap_up warn"]],
  ["a wrap-up of four", { agents: [row("wrap_up", 4)] }, ["long_wrap_up bad"]],
  ["a pause of half an hour", { agents: [row("paused", 30)] }, ["long_pause bad"]],
  ["somebody who went home", { agents: [row("offline", 900)] }, []],
  [
    "the customer is not recorded",
    { agents: [row("on_call", 1, capture("ok", "missing"))] },
    ["no_capture warn"],
  ],
  [
    "a microphone without any noise",
    { agents: [row("on_call", 1, capture("silent", "ok"))] },
    ["no_capture warn"],
  ],
  ["neither voice", { agents: [row("on_call", 1, capture("missing", "wrong_device"))] }, ["no_capture bad"]],
  ["a microphone that is muted on purpose", { agents: [row("on_call", 1, capture("muted", "ok"))] }, []],
  ["everybody busy", { agents: [row("on_call", 1), row("wrap_up", 1)] }, ["nobody_available warn"]],
  ["one who is free", { agents: [row("on_call", 1), row("available", 1)] }, []],
  ["one alone is busy", { agents: [row("on_call", 1), row("offline", 1)] }, []],
  [
    "another team's free one does not help",
    {
      agents: [row("on_call", 1), row("on_call", 1), row("available", 1, { team: "Sur" })],
    },
    ["nobody_available warn"],
  ],
  [
    "a goal in sales",
    { agents: [row("available", 1, { sales: 4 })], goals: goals(null, 4) },
    ["goal_reached ok"],
  ],
  ["a goal that is near", { agents: [row("available", 1, { sales: 3 })], goals: goals(null, 4) }, []],
  [
    "another team's goal",
    { agents: [row("available", 1, { team: "Sur", sales: 9 })], goals: goals(1, 1) },
    [],
  ],
  ["a customer who waits", { callbacks: [callback(27)] }, ["callback_due warn"]],
  ["three of the same agent", { callbacks: [callback(1), callback(27), callback(3)] }, ["callback_due warn"]],
  ["one that was done", { callbacks: [callback(27, { callbackDoneAt: since(1) })] }, []],
  ["one for later", { callbacks: [callback(-30)] }, []],
  [
    "what must be done stands before what should be seen, good news last",
    {
      agents: [
        row("available", 1, { sales: 9 }),
        row("on_call", 12),
        row("wrap_up", 6),
        row("on_call", 3, capture("ok", "missing")),
      ],
      goals: goals(null, 4),
    },
    ["long_wrap_up bad", "long_call warn", "no_capture warn", "goal_reached ok"],
  ],
];
for (const [what, given, expected] of table)
  test(`alerts of ${what}`, () => assert.deepEqual(told(given), expected));

test("a muted kind is not told, and its limits do not count", () => {
  const all = known({
    agents: [row("on_call", 12, capture("ok", "missing")), row("wrap_up", 6), row("paused", 40)],
    goals: goals(1, 1),
    callbacks: [callback(5)],
  });
  const everything = new Set(alertsOf(all).map(({ kind }) => kind));
  assert.equal(everything.size, 7);
  for (const kind of everything) {
    const rest = new Set<AlertKind>(alertsOf({ ...all, muted: [kind] }).map((alert) => alert.kind));
    assert.deepEqual(
      [...everything].filter((one) => !rest.has(one)),
      [kind],
    );
  }
  assert.deepEqual(alertsOf({ ...all, muted: [...everything] }), []);
  const heeded = heededLimits(limits, ["long_call"]);
  assert.equal(urgencyOf(row("on_call", 90), heeded, now), null);
  assert.equal(urgencyOf(row("wrap_up", 5), heeded, now), "bad");
});

test("an alert says since when, against which limit, and how many", () => {
  const [wrapUp] = alertsOf(known({ agents: [row("wrap_up", 5.7)] }));
  assert.ok(wrapUp?.kind === "long_wrap_up");
  assert.deepEqual([wrapUp.since, wrapUp.limit, wrapUp.agentId], [since(5.7), 4, anyone.id]);
  const [lost] = alertsOf(known({ agents: [row("on_call", 9, capture("ok", "missing"))] }));
  assert.ok(lost?.kind === "no_capture");
  assert.deepEqual([lost.side, lost.since], ["customer", since(8)]);
  const [due] = alertsOf(known({ callbacks: [callback(1), callback(27), callback(3)] }));
  assert.ok(due?.kind === "callback_due");
  assert.deepEqual([due.n, due.since], [3, since(27)]);
});

test("every alert has a key of its own, the same a second later", () => {
  const given = known({ agents: agents.map((agent, i) => ({ ...agent, sales: i })), goals: goals(5, 3) });
  const keys = alertsOf(given).map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual(new Set(alertsOf({ ...given, now: now + 1 }).map(({ key }) => key)), new Set(keys));
});

test("before the limits are known nobody is late; before its PC has told no voice is lost", () => {
  assert.equal(urgencyOf(row("wrap_up", 50), null, now), null);
  assert.equal(lostVoice(null), null);
});
