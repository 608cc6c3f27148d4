import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo } from "../../tray/answers.ts";
import { iconOf, menuOf } from "../../tray/look.ts";
import { step } from "../../tray/session.ts";
import { initial, type Event, type State } from "../../tray/state.ts";
import { en } from "../../tray/texts/en.ts";
import { es } from "../../tray/texts/es.ts";
import {
  A,
  at,
  B,
  BEGIN,
  begun,
  end,
  forbidden,
  hold,
  outbox,
  pause,
  play,
  recorded,
  start,
  started,
  word,
} from "../support/session.ts";

/** What the last event of a row must cause, and the drawing after it. */
const table: [string, Event[], string[], string][] = [
  [
    "launched and paired, the agent is available",
    [{ kind: "launched", moment: at(0) }],
    ["send state"],
    "idle",
  ],
  [
    "a pause is told once",
    [{ kind: "availability", availability: "paused:Comida", moment: at(1) }],
    ["send state"],
    "idle",
  ],
  [
    "the same pause again changes nothing",
    [
      { kind: "availability", availability: "paused:Comida", moment: at(1) },
      { kind: "availability", availability: "paused:Comida", moment: at(1) },
    ],
    [],
    "idle",
  ],
  ["a call starts: it is told, recorded, and the panel is warmed", [start(A, 0)], BEGIN, "oncall"],
  [
    "the recording runs: its file goes up while it grows",
    [start(A, 0), started(A)],
    ["send recording", "listen"],
    "oncall",
  ],
  [
    "a call ends: it is told and its file is closed",
    [start(A, 0), started(A), end(9)],
    ["send call-end", "stop-recording", "rest-panel"],
    "idle",
  ],
  [
    "a call ends before its recorder has started",
    [start(A, 0), end(1)],
    ["send call-end", "rest-panel"],
    "idle",
  ],
  [
    "the recorder of an ended call starts late: it is stopped",
    [start(A, 0), end(1), started(A)],
    ["send recording", "stop-recording"],
    "idle",
  ],
  [
    "a file is closed: it goes to the server",
    [start(A, 0), started(A), end(9), { kind: "recording-stopped", callId: A, recorded }],
    ["send recording-end"],
    "idle",
  ],
  ["an end without a call changes nothing", [end(1)], [], "idle"],
  ["a second end changes nothing", [start(A, 0), end(1), end(2)], [], "idle"],
  ["a second start without a name changes nothing", [start(A, 0), start(B, 1)], [], "oncall"],
  ["the same start again changes nothing", [start(A, 0, "x"), start(B, 1, "x")], [], "oncall"],
  ["the same start after its end changes nothing", [start(A, 0, "x"), end(5), start(B, 6, "x")], [], "idle"],
  [
    "a start with another name ends the call before",
    [start(A, 0, "x"), started(A), start(B, 7, "y")],
    ["send call-end", "stop-recording", ...BEGIN],
    "oncall",
  ],
  ["the end of another call changes nothing", [start(A, 0, "x"), end(5, "y")], [], "oncall"],
  [
    "the end of this call by its name",
    [start(A, 0, "x"), end(5, "x")],
    ["send call-end", "rest-panel"],
    "idle",
  ],
  [
    "a side that is muted is told, and seen",
    [
      start(A, 0),
      started(A),
      { kind: "health", callId: A, health: { agent: "ok", customer: "muted", gaps: 0 } },
    ],
    ["send capture"],
    "error",
  ],
  [
    "in a pause nothing is missing",
    [
      start(A, 0),
      started(A),
      { kind: "health", callId: A, health: { agent: "muted", customer: "ok", gaps: 0 } },
      pause(true),
    ],
    ["pause-recording"],
    "paused",
  ],
  [
    "the word on an earlier call comes too late",
    [start(A, 0), end(1), { kind: "health", callId: A, health: { agent: "ok", customer: "ok", gaps: 0 } }],
    [],
    "idle",
  ],
  [
    "a call that is not to be recorded: what there is goes",
    [start(A, 0), started(A), forbidden(A)],
    ["discard-recording"],
    "paused",
  ],
  [
    "its recorder starts late: that goes too, and its words are not written down",
    [start(A, 0), forbidden(A), started(A)],
    ["discard-recording"],
    "paused",
  ],
  ["it cannot be paused or resumed", [start(A, 0), started(A), forbidden(A), pause(true)], [], "paused"],
  [
    "it ends like any other, without a file",
    [start(A, 0), started(A), forbidden(A), end(9)],
    ["send call-end", "rest-panel"],
    "idle",
  ],
  [
    "the word on it comes when it is over",
    [start(A, 0), started(A), end(9), forbidden(A)],
    ["discard-recording"],
    "idle",
  ],
  ["pausing", [start(A, 0), started(A), pause(true)], ["pause-recording"], "paused"],
  ["pausing twice", [start(A, 0), started(A), pause(true), pause(true)], [], "paused"],
  ["resuming", [start(A, 0), started(A), pause(true), pause(false)], ["resume-recording"], "oncall"],
  [
    "pausing before the recorder has started is not put off",
    [start(A, 0), pause(true)],
    ["pause-recording"],
    "paused",
  ],
  ["and lasts", [start(A, 0), pause(true), started(A)], ["send recording", "listen"], "paused"],
  ["pausing without a call", [pause(true)], [], "idle"],
  [
    "the recorder fails: the call goes on",
    [start(A, 0), { kind: "recording-failed", callId: A }],
    [],
    "error",
  ],
  [
    "a call without a recording ends",
    [start(A, 0), { kind: "recording-failed", callId: A }, end(4)],
    ["send call-end", "rest-panel"],
    "idle",
  ],
  [
    "pausing what is not recorded",
    [start(A, 0), { kind: "recording-failed", callId: A }, pause(true)],
    [],
    "error",
  ],
  [
    "the failure of an earlier call's recorder",
    [start(A, 0), end(1), start(B, 2), { kind: "recording-failed", callId: A }],
    [],
    "oncall",
  ],
  ["the disk is full", [{ kind: "disk", full: true }], [], "error"],
  [
    "a call that comes then is told, and not recorded",
    [{ kind: "disk", full: true }, start(A, 0)],
    ["send call-start", "warm-panel"],
    "error",
  ],
  ["the call in progress goes on", [start(A, 0), started(A), { kind: "disk", full: true }], [], "oncall"],
  ["the server is away", [outbox(0, false)], [], "offline"],
  ["the server is away during a call: the call goes on", [start(A, 0), outbox(3, false)], [], "oncall"],
  [
    "the call ends while the server is away",
    [start(A, 0), started(A), outbox(3, false), end(5)],
    ["send call-end", "stop-recording", "rest-panel"],
    "offline",
  ],
  ["the server is back", [outbox(3, false), outbox(0, true)], [], "idle"],
  ["the server refuses something", [outbox(1, true, "invalid")], [], "error"],
  ["the chord shows the panel", [{ kind: "chord" }], ["show-panel"], "idle"],
  ["hold changes no drawing", [start(A, 0), hold(2, true)], [], "oncall"],
  ["leaving without a call", [{ kind: "quit", moment: at(1) }], ["send state", "exit"], "idle"],
  [
    "leaving during a call ends it safely first",
    [start(A, 0), started(A), { kind: "quit", moment: at(9) }],
    ["send call-end", "stop-recording", "rest-panel", "send state", "exit"],
    "idle",
  ],
];

for (const [name, events, effects, icon] of table) {
  test(name, () => {
    const [state, last] = play(events);
    assert.deepEqual(last.map(word), effects);
    assert.equal(iconOf(state), icon);
  });
}

test("talk is the monotonic time without the holds, whatever the clock on the wall says", () => {
  const odd = { at: "2030-01-01T00:00:00.000Z", ms: at(60).ms };
  const ended: Event = { kind: "call-end", moment: odd, outcome: "answered" };
  const [, effects] = play([
    start(A, 0),
    hold(10, true),
    hold(12, true),
    hold(30, false),
    hold(50, true),
    ended,
  ]);
  const body = { id: A, endedAt: odd.at, talkSeconds: 30, holdSeconds: 30, outcome: "answered" };
  assert.deepEqual(effects[0], { kind: "send", thing: { kind: "call-end", body } });
});

test("a call does not end before it began, even if the PC's clock is set back by a year", () => {
  const odd = { at: "1999-01-01T00:00:00.000Z", ms: at(60).ms };
  const ending: Event = { kind: "call-end", moment: odd, outcome: "answered" };
  const ends = (events: Event[]) => {
    const [effect] = play([...events, ending])[1];
    assert.ok(effect?.kind === "send" && effect.thing.kind === "call-end");
    return effect.thing.body.endedAt;
  };
  assert.equal(ends([start(A, 0)]), at(60).at);
  const rang: Event = {
    kind: "call-start",
    id: A,
    moment: at(9),
    by: "baresip",
    call: begun(),
    rangMs: 8_000,
  };
  assert.equal(ends([rang]), at(60).at);
});

test("a missed call has no talk", () => {
  const [, effects] = play([start(A, 0), { kind: "call-end", moment: at(20), outcome: "missed" }]);
  assert.ok(effects[0]?.kind === "send" && effects[0].thing.kind === "call-end");
  assert.equal(effects[0].thing.body.talkSeconds, 0);
});

test("a start tells what the source knew", () => {
  const [, effects] = play([start(A, 3, "sip-77")]);
  const body = { id: A, startedAt: at(3).at, ...begun("sip-77") };
  assert.deepEqual(effects[0], { kind: "send", thing: { kind: "call-start", body } });
});

test("only during calls, where it is set so", () => {
  const quiet = initial({ paired: true, hotkeyWhen: "call" });
  assert.deepEqual(play([{ kind: "chord" }], quiet)[1], []);
  assert.deepEqual(play([start(A, 0), { kind: "chord" }], quiet)[1], [{ kind: "show-panel", quiet: false }]);
  assert.deepEqual(play([{ kind: "summon" }], quiet)[1], [{ kind: "show-panel", quiet: false }]);
});

test("a tray that is not paired says nothing of its agent, until it is", () => {
  const unpaired = initial({ paired: false, hotkeyWhen: "always" });
  assert.deepEqual(play([{ kind: "launched", moment: at(0) }], unpaired)[1], []);
  assert.equal(iconOf(unpaired), "offline");
  assert.equal(menuOf(unpaired, es)[0]?.title, "Este PC no está vinculado");
  const [state, effects] = play([{ kind: "paired", moment: at(9) }], unpaired);
  assert.deepEqual(effects.map(word), ["send state"]);
  assert.equal(iconOf(state), "idle");
});

const answers: [string, Event[], Event, { taken: string; callId: string | null }][] = [
  ["a start", [], start(A, 0), { taken: "now", callId: A }],
  ["a start during a call", [start(A, 0)], start(B, 1), { taken: "no", callId: A }],
  ["a repeated start", [start(A, 0, "x")], start(B, 1, "x"), { taken: "before", callId: A }],
  [
    "a repeated start after the end",
    [start(A, 0, "x"), end(2)],
    start(B, 3, "x"),
    { taken: "before", callId: A },
  ],
  ["a start that replaces a call", [start(A, 0, "x")], start(B, 3, "y"), { taken: "now", callId: B }],
  ["an end", [start(A, 0)], end(1), { taken: "now", callId: A }],
  ["an end without a call", [], end(1), { taken: "no", callId: null }],
  ["a repeated end by name", [start(A, 0, "x"), end(1, "x")], end(2, "x"), { taken: "before", callId: A }],
  ["the end of an unknown call", [start(A, 0, "x")], end(2, "y"), { taken: "no", callId: null }],
  ["hold", [start(A, 0)], hold(1, true), { taken: "now", callId: A }],
  ["hold, again", [start(A, 0), hold(1, true)], hold(2, true), { taken: "before", callId: A }],
  ["hold without a call", [], hold(1, true), { taken: "no", callId: null }],
  ["pause", [start(A, 0)], pause(true), { taken: "now", callId: A }],
  ["pause, again", [start(A, 0), pause(true)], pause(true), { taken: "before", callId: A }],
  [
    "pause of what is not recorded",
    [start(A, 0), { kind: "recording-failed", callId: A }],
    pause(true),
    { taken: "no", callId: A },
  ],
];

for (const [name, before, event, expected] of answers) {
  test(`the answer to ${name}`, () => {
    const [state] = play(before);
    assert.deepEqual(answerTo(state, step(state, event)[0], event), expected);
  });
}

test("the menu has the same rows in both languages and every state", () => {
  const states = [
    initial({ paired: true, hotkeyWhen: "always" }),
    play([start(A, 0)])[0],
    play([start(A, 0), pause(true)])[0],
  ];
  for (const state of states) {
    const actions = (words: typeof es) =>
      menuOf(state, words).map(({ action }) => (action?.startsWith("paused:") ? "paused" : action));
    assert.deepEqual(actions(en), actions(es));
    const shown = menuOf(state, es)
      .filter((row) => !row.hidden && row.enabled)
      .map((row) => row.action);
    assert.equal(shown.includes("start-call"), state.call === null);
    assert.equal(shown.includes("resume-recording"), state.call?.paused === true);
  }
  const [waiting] = play([outbox(3, false)]);
  assert.equal(menuOf(waiting, en)[0]?.title, "No connection to the server · 3 to send");
});

test("a pause that is declared before pairing is told with it", () => {
  const unpaired = initial({ paired: false, hotkeyWhen: "always" });
  const [state, effects] = play(
    [{ kind: "availability", availability: "paused:Descanso", moment: at(1) }],
    unpaired,
  );
  assert.deepEqual(effects, []);
  assert.deepEqual(play([{ kind: "paired", moment: at(9) }], state)[1], [
    { kind: "send", thing: { kind: "state", body: { state: "paused", reason: "Descanso", at: at(9).at } } },
  ]);
});

test("the reasons of a pause are the company's once they are known, each in a row of its own", () => {
  const pauses = (state: State, words = es): string[] =>
    menuOf(state, words)
      .filter(({ action, hidden }) => action?.startsWith("paused:") && !hidden)
      .map(({ title }) => title);
  const [before] = play([]);
  assert.deepEqual(pauses(before), [
    "Pausa: descanso",
    "Pausa: comida",
    "Pausa: formación",
    "Pausa: reunión",
  ]);
  assert.equal(pauses(before, en)[0], "Paused: break");
  const [known] = play([
    { kind: "pause-reasons", reasons: ["Baño", "IT"] },
    { kind: "availability", availability: "paused:IT", moment: at(1) },
  ]);
  assert.deepEqual(pauses(known), ["Pausa: baño", "● Pausa: IT"]);
  assert.equal(menuOf(known, es).length, menuOf(before, es).length, "rows cannot be added later");
});

test("the menu says which side is not recorded, and only during a call", () => {
  const health = { agent: "ok", customer: "muted", gaps: 2 } as const;
  const [state] = play([start(A, 0), started(A), { kind: "health", callId: A, health }]);
  assert.deepEqual(
    menuOf(state, es)
      .slice(0, 2)
      .map(({ title, hidden }) => [title, hidden]),
    [
      ["En llamada: falta una voz", false],
      ["✓ Tu voz · ⚠ Cliente: silenciado", false],
    ],
  );
  assert.equal(menuOf(play([])[0], es)[1]?.hidden, true);
});
