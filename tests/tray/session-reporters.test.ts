import assert from "node:assert/strict";
import { test } from "node:test";
import { iconOf } from "../../tray/look.ts";
import { answerTo } from "../../tray/answers.ts";
import { step } from "../../tray/session.ts";
import type { Event } from "../../tray/state.ts";
import {
  A,
  at,
  B,
  BEGIN,
  begun,
  end,
  play,
  start,
  started,
  told,
  unanswered,
  word,
} from "../support/session.ts";

/** What the last event of a row must cause, and the drawing after it. */
const table: [string, Event[], string[], string][] = [
  ["the microphone joins a call", [start(A, 0, "x"), told("microphone", B, 60, "m")], [], "oncall"],
  ["and does not end it", [start(A, 0, "x"), told("microphone", B, 1, "m"), end(9, "m")], [], "oncall"],
  [
    "the microphone ends what it alone began",
    [told("microphone", A, 0, "m"), end(9, "m")],
    ["send call-end", "rest-panel"],
    "idle",
  ],
  [
    "a softphone that knows more joins a call that the microphone began, and ends it",
    [told("microphone", A, 0, "m"), told("baresip", B, 1, "s"), end(8, "m"), end(9, "s")],
    ["send call-end", "rest-panel"],
    "idle",
  ],
  ["two that tell of one call at once", [told("baresip", A, 0, "s"), start(B, 1, "crm-7")], [], "oncall"],
  [
    "either of them ends it",
    [told("baresip", A, 0, "s"), start(B, 1, "crm-7"), end(9, "crm-7")],
    ["send call-end", "rest-panel"],
    "idle",
  ],
  [
    "the other one's end changes nothing then",
    [told("baresip", A, 0, "s"), start(B, 1, "crm-7"), end(9, "crm-7"), end(9, "s")],
    [],
    "idle",
  ],
  [
    "much later it is another call",
    [told("baresip", A, 0, "s"), start(B, 30, "crm-8")],
    ["send call-end", ...BEGIN],
    "oncall",
  ],
  [
    "a call that nobody answered is two letters and no recording",
    [unanswered(A, 5, "s")],
    ["send call-start", "send call-end"],
    "idle",
  ],
  ["its repetition is nothing", [unanswered(A, 5, "s"), unanswered(B, 6, "s")], [], "idle"],
  [
    "a second line that rings does not disturb the call",
    [start(A, 0, "x"), unanswered(B, 5, "s")],
    ["send call-start", "send call-end"],
    "oncall",
  ],
];

for (const [name, events, effects, icon] of table)
  test(name, () => {
    const [state, last] = play(events);
    assert.deepEqual(last.map(word), effects);
    assert.equal(iconOf(state), icon);
  });

test("a call counts from its ringing, its talk from the answer", () => {
  const call = begun("s");
  const event: Event = { kind: "call-start", id: A, moment: at(10), by: "baresip", call, rangMs: 4_000 };
  const [state, effects] = play([event]);
  assert.ok(effects[0]?.kind === "send" && effects[0].thing.kind === "call-start");
  assert.equal(effects[0].thing.body.startedAt, at(6).at);
  const [, ending] = step(state, end(40, "s"));
  assert.ok(ending[0]?.kind === "send" && ending[0].thing.kind === "call-end");
  assert.deepEqual([ending[0].thing.body.answeredAt, ending[0].thing.body.talkSeconds], [at(10).at, 30]);
});

test("a reporter that joins is told the name of the call that it joined", () => {
  const [before] = play([told("microphone", A, 0, "m")]);
  const event = start(B, 1, "crm");
  const [after] = step(before, event);
  assert.deepEqual(answerTo(before, after, event), { taken: "before", callId: A });
});

test("a call of more than four hours goes on as another one, and its end finds it", () => {
  const later = { at: at(0).at, ms: at(0).ms + 4 * 3_600_000 };
  const [soon] = play([start(A, 0, "x"), started(A), { kind: "tick", id: B, moment: at(59) }]);
  assert.equal(soon.call?.id, A);
  const [state, effects] = step(soon, { kind: "tick", id: B, moment: later });
  assert.deepEqual(effects.map(word), ["send call-end", "stop-recording", ...BEGIN]);
  assert.equal(state.call?.id, B);
  const [ended, ending] = step(state, end(20_000, "x"));
  assert.equal(ended.call, null);
  assert.ok(ending[0]?.kind === "send" && ending[0].thing.kind === "call-end");
  assert.equal(ending[0].thing.body.id, B);
  const [paused] = step(soon, { kind: "pause", paused: true });
  const [, goingOn] = step(paused, { kind: "tick", id: B, moment: later });
  const record = goingOn.find((effect) => effect.kind === "record");
  assert.ok(record?.kind === "record" && record.call.paused, "a pause goes on in the next file");
});
