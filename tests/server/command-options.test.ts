import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/process.ts";

/** A command as somebody types it, on no database. */
function type(command: string, ...words: string[]) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, `server/commands/${command}.ts`), ...words],
    { encoding: "utf8", env: { ...process.env, DATABASE_URL: "file:/nowhere/callmanager.db" } },
  );
  return { status, stderr };
}

for (const command of ["audit", "backup", "copilot", "restore", "stats"])
  test(`npm run ${command}: an option that it does not have is answered with how it is used`, () => {
    for (const [words, language] of [
      [["--helo"], "es"],
      [["--helo", "--language=en"], "en"],
    ] as const) {
      const { status, stderr } = type(command, ...words);
      assert.equal(status, 2, stderr);
      assert.match(stderr, language === "es" ? /^(Uso|Para volver)/ : /^(Usage?|Use|To go back)/);
      assert.match(stderr, new RegExp(`npm run ${command}`));
      assert.doesNotMatch(stderr, /\n {4}at |ERR_/, "no stack");
    }
  });

test("npm run backup takes no words", () => {
  const { status, stderr } = type("backup", "today");
  assert.equal(status, 2);
  assert.match(stderr, /^Uso:/);
});
