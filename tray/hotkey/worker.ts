// The process that sees the keyboard. It keeps one boolean, writes nothing, and can say one word: `chord`.
// A process of its own, because the hook aborts the whole process where it may not listen (research/tray.md 2).
import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { uIOhook } from "uiohook-napi";
import { Chord } from "./chord.ts";

const chord = new Chord(Number(process.argv[2]));

uIOhook.on("keydown", (key) => {
  if (chord.down(key)) process.send?.("chord");
});
uIOhook.on("keyup", (key) => chord.up(key));

process.on("disconnect", () => process.exit(0));
uIOhook.start();
// it is always ended with a kill, which would leave nothing for the next start
flushCompileCache();
// One byte, the same always: the hook is in place.
writeSync(1, ".");
