import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Chord, KEY_A } from "../../tray/hotkey/chord.ts";
import { createHotkey } from "../../tray/hotkey/hotkey.ts";
import { Desktop, DESKTOP } from "../support/desktop.ts";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";

const skip = needs(...DESKTOP);
const plain = { keycode: KEY_A, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };

test("a chord is Ctrl and the key alone, once a press", () => {
  const chord = new Chord(KEY_A);
  const press = (key: Partial<typeof plain>) => {
    const heard = chord.down({ ...plain, ...key });
    chord.up({ keycode: key.keycode ?? KEY_A });
    return heard;
  };
  assert.equal(press({ ctrlKey: true }), true);
  assert.equal(press({}), false);
  assert.equal(press({ ctrlKey: true, shiftKey: true }), false);
  assert.equal(press({ ctrlKey: true, altKey: true }), false);
  assert.equal(press({ ctrlKey: true, metaKey: true }), false);
  assert.equal(press({ ctrlKey: true, keycode: 16 }), false);
  const held = [1, 2, 3].map(() => chord.down({ ...plain, ctrlKey: true }));
  assert.deepEqual(held, [true, false, false]);
});

test("the hotkey on a real desktop, while a terminal has the focus", { skip }, async (t) => {
  const desktop = await Desktop.open({ host: false });
  t.after(() => desktop.close());
  await desktop.terminal();
  const hotkey = createHotkey({ log: () => undefined, env: desktop.env, restartWaits: [10, 10] });
  t.after(() => hotkey.stop());
  let chords = 0;
  hotkey.onChord(() => (chords += 1));
  assert.equal(await hotkey.start(), true);
  // Each check ends with a chord that must be heard, so that none needs to wait for silence.
  const chordsAfter = async (expected: number, ...keys: string[][]) => {
    chords = 0;
    for (const key of [...keys, ["key", "ctrl+a"]]) await desktop.xdotool(...key);
    await eventually("the last chord", () => chords > expected);
    await hotkeySettles(desktop, () => chords);
    assert.equal(chords - 1, expected);
  };

  await t.test("three presses are three", async () => {
    await chordsAfter(3, ["key", "ctrl+a"], ["key", "ctrl+a"], ["key", "ctrl+a"]);
  });
  await t.test("other keys are none", async () => {
    const others = ["a", "ctrl+shift+a", "ctrl+alt+a", "ctrl+super+a", "shift+a", "alt+a", "ctrl+b"];
    await chordsAfter(0, ...others.map((key) => ["key", key]));
  });
  await t.test("a held key is one", async () => {
    const held = [
      ["keydown", "ctrl"],
      ["keydown", "a"],
      ["sleep", "1.2"],
      ["keyup", "a"],
      ["keyup", "ctrl"],
    ];
    await chordsAfter(1, ...held);
  });
  await t.test("a killed process comes back", async () => {
    const first = hotkey.workerPid();
    assert.ok(first);
    process.kill(first, "SIGKILL");
    chords = 0;
    await eventually("a chord heard by the new process", async () => {
      await desktop.xdotool("key", "ctrl+a");
      return chords > 0;
    });
    assert.notEqual(hotkey.workerPid(), first);
  });
});

/** The keys went through one queue: when a later probe has been counted, all before it have. */
async function hotkeySettles(desktop: Desktop, count: () => number): Promise<void> {
  await desktop.xdotool("sleep", "0.15");
  const before = count();
  await desktop.xdotool("sleep", "0.15");
  if (count() !== before) await hotkeySettles(desktop, count);
}

test(
  "without a desktop there is no hotkey, and no error",
  { skip: process.platform !== "linux" },
  async () => {
    const lines: string[] = [];
    const hotkey = createHotkey({ log: (line) => lines.push(line), env: {} });
    assert.equal(await hotkey.start(), false);
    assert.match(lines.join("\n"), /DISPLAY/);
    await hotkey.stop();
  },
);

test("a screen that is gone: the process dies, the tray does not", { skip }, async () => {
  const lines: string[] = [];
  const env = { ...process.env, DISPLAY: ":9999" };
  const hotkey = createHotkey({ log: (line) => lines.push(line), env, restartWaits: [5] });
  assert.equal(await hotkey.start(), false);
  await eventually("giving up", () => lines.some((line) => line.includes("keeps ending")));
  await hotkey.stop();
});

test("a process that says another word is ended, and the word is not passed on", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "hotkey-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const worker = join(folder, "spy.mjs");
  writeFileSync(
    worker,
    `process.stdout.write("."); process.send("typed: hunter2"); setInterval(() => {}, 1000);`,
  );
  const lines: string[] = [];
  let chords = 0;
  const hotkey = createHotkey({
    log: (line) => lines.push(line),
    env: { ...process.env, DISPLAY: process.env["DISPLAY"] ?? ":0" },
    restartWaits: [],
    worker,
  });
  hotkey.onChord(() => (chords += 1));
  await hotkey.start();
  await eventually("its end", () => lines.some((line) => line.includes("keeps ending")));
  assert.equal(chords, 0);
  assert.doesNotMatch(lines.join("\n"), /hunter2/);
  await hotkey.stop();
});
