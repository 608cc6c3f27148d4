import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const guides = [
  "README.md",
  "README.es.md",
  ...globSync("{server,tray,web,drizzle,recordings,tests}/**/README.md", { cwd: root }),
];
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** What a fresh clone has only after a build. */
const built = new Set(["web/dist", "web/dist/"]);

for (const guide of guides) {
  const text = readFileSync(join(root, guide), "utf8");

  test(`${guide}: every path it names exists`, () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, path = ""]) =>
      join(dirname(guide), path),
    );
    const inCode = [...text.matchAll(/`((?:server|tray|web|tests|drizzle|recordings)\/[\w./-]*)`/g)].map(
      ([, path = ""]) => path,
    );
    const absent = [...links, ...inCode].filter((path) => !built.has(path) && !existsSync(join(root, path)));
    assert.deepEqual(absent, []);
  });

  test(`${guide}: every npm script it names exists`, () => {
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });
}
