import assert from "node:assert/strict";
import { test } from "node:test";
import { menuOf } from "../../tray/look.ts";
import type { EarsState } from "../../tray/ports.ts";
import type { Event } from "../../tray/state.ts";
import { texts } from "../../tray/texts/texts.ts";
import { A, end, play, start, started, word } from "../support/session.ts";

const ears = (state: EarsState, callId = A): Event => ({ kind: "ears", callId, ears: state });
const body = { engine: "sherpa", model: "toy", lines: [] };

test("ears listen once the recording runs, and their lines go out also after the call", () => {
  assert.deepEqual(play([start(A, 0), started(A)])[1].map(word), ["send recording", "listen"]);
  const transcribed: Event = { kind: "transcribed", callId: A, body };
  assert.deepEqual(play([start(A, 0), started(A), transcribed])[1], [
    { kind: "send", thing: { kind: "transcript", callId: A, body } },
  ]);
  assert.deepEqual(play([start(A, 0), started(A), end(9), transcribed])[1].map(word), ["send transcript"]);
});

test("with the customer's words at hand the chord leaves the focus, otherwise it takes it", () => {
  const chord: Event = { kind: "chord" };
  const heard: Event = { kind: "customer-heard", callId: A };
  const quiet = (events: Event[]) =>
    play(events)[1].map((effect) => effect.kind === "show-panel" && effect.quiet);
  assert.deepEqual(quiet([chord]), [false]);
  assert.deepEqual(quiet([start(A, 0), started(A), chord]), [false]);
  assert.deepEqual(quiet([start(A, 0), started(A), heard, chord]), [true]);
  assert.deepEqual(quiet([start(A, 0), started(A), heard, { kind: "summon" }]), [true]);
  assert.deepEqual(quiet([start(A, 0), started(A), heard, end(9), chord]), [false]);
});

test("while words are written down the icon says so; what is of another call changes nothing", () => {
  const titles = (language: "es" | "en", ...events: Event[]) =>
    menuOf(play([start(A, 0), started(A), ...events])[0], texts[language])
      .filter(({ action, hidden }) => action === null && !hidden)
      .map(({ title }) => title);
  assert.deepEqual(titles("es", ears("listening")), [
    "En llamada: grabando · Transcribiendo",
    "✓ Tu voz · ✓ Cliente",
    "✎ Transcribiendo",
  ]);
  assert.deepEqual(titles("en", ears("unavailable")), [
    "On a call: recording",
    "✓ Your voice · ✓ Customer",
    "Nothing is written down",
  ]);
  for (const state of ["off", "starting"] as const) assert.equal(titles("es", ears(state)).length, 2);
  assert.equal(titles("es", ears("listening", "another")).length, 2);
  const [one, other] = [[], [ears("listening")]].map(
    (events) => menuOf(play([start(A, 0), started(A), ...events])[0], texts.es).length,
  );
  assert.equal(one, other, "rows keep their places");
});
