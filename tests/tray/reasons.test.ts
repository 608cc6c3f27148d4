import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PauseReasons } from "../../tray/reasons.ts";
import { dataFolder } from "../support/process.ts";

test("the reasons of a pause are asked for, remembered, and told only when they change", async () => {
  const folder = await dataFolder();
  const data = folder.path;
  const told: string[][] = [];
  const said: string[] = [];
  let answer: () => Promise<string[]> = () => Promise.resolve(["Baño", "Comida"]);
  const make = () =>
    new PauseReasons({
      data,
      server: { pauseReasons: () => answer() },
      tell: (reasons) => void told.push(reasons),
      log: (line) => void said.push(line),
    });
  const first = make();
  first.remember();
  assert.deepEqual(told, [], "nothing is known yet");
  await first.refresh();
  await first.refresh();
  assert.deepEqual(told, [["Baño", "Comida"]]);

  answer = () => Promise.reject(new Error("no answer"));
  const second = make();
  second.remember();
  await second.refresh();
  assert.deepEqual(told.slice(1), [["Baño", "Comida"]], "an earlier run's, while the server is away");
  assert.match(said.join(" "), /no answer/);

  writeFileSync(join(data, "pause-reasons.json"), "[broken");
  make().remember();
  assert.equal(told.length, 2, "a damaged file tells nothing");
  await folder.remove();
});
