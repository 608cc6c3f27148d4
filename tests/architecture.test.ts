import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const sources = globSync("{server,tray,web,tests}/**/*.{ts,tsx}", { cwd: root })
  .map((file) => file.split(sep).join("/"))
  .filter((file) => !file.startsWith("web/dist/"));

type Import = { file: string; from: string; target: string; typeOnly: boolean };

/** Every import of every source file; relative ones resolved to a path from the top. */
const imports: Import[] = sources.flatMap((file) => {
  const text = readFileSync(join(root, file), "utf8");
  const pattern = /^\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...text.matchAll(pattern)].map(([, typeOnly, named, dynamic]) => {
    const from = named ?? dynamic ?? "";
    const target = from.startsWith(".") ? posix.normalize(posix.join(posix.dirname(file), from)) : from;
    return { file, from, target, typeOnly: typeOnly !== undefined };
  });
});

const room = (path: string): string | undefined => /^server\/([a-z]+)\//.exec(path)?.[1];
/** Folders below server/ that are not features: everyone may use them. */
const GROUND = new Set(["contract", "db", "http", "launch", "privacy"]);
const isRoutes = (path: string): boolean => /^server\/\w+\/routes\.ts$/.test(path);
const isMain = (path: string): boolean => /^server\/main\.(node|deno)\.ts$/.test(path);
/** Programs of their own, beside the server. */
const isCommand = (path: string): boolean => /^server\/commands\/\w+\.ts$/.test(path);

/** Fails with each import that breaks the rule, and what to do instead. */
function forbid(instead: string, breaks: (one: Import) => boolean): void {
  const broken = imports.filter(breaks).map(({ file, from }) => `${file} imports ${from}`);
  assert.deepEqual(broken, [], `${instead}\n${broken.join("\n")}`);
}

test("the top level is as the layout says", () => {
  const listed = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).split("\n");
  const top = new Set(listed.filter(Boolean).map((file) => file.split("/")[0] ?? ""));
  const allowed =
    /^(\..+|package(-lock)?\.json|tsconfig\.json|README(\.es)?\.md|LICENSE|tray|server|web|drizzle|recordings|tests)$/;
  assert.deepEqual(
    [...top].filter((name) => !allowed.test(name)),
    [],
    "put it into one of the rooms",
  );
});

test("the contract is the ground floor", () =>
  forbid("The contract imports nothing but zod: move what needs more into the room that needs it.", (one) => {
    if (!one.file.startsWith("server/contract/")) return false;
    return one.target !== "zod" && !one.target.startsWith("server/contract/");
  }));

test("pages see the contract's types and the types of routes, nothing else of the server", () =>
  forbid(
    "Use `import type` from #contract, or of a feature's routes.ts; zod would weigh on the page.",
    (one) => {
      if (!one.file.startsWith("web/") || one.file.endsWith(".config.ts")) return false;
      if (one.target === "#contract" || isRoutes(one.target)) return !one.typeOnly;
      return /^(server|tray)\//.test(one.target) || one.target === "zod" || one.target.startsWith("node:");
    },
  ));

test("the tray sees the contract and the types of routes, nothing else of the server", () =>
  forbid("Import from #contract, or `import type` of a feature's routes.ts.", (one) => {
    if (!one.file.startsWith("tray/")) return false;
    if (isRoutes(one.target)) return !one.typeOnly;
    return /^(server|web)\//.test(one.target);
  }));

test("imports run one way inside the server", () => {
  forbid("Queries belong to their room: call the other room's verb.", ({ file, target }) => {
    if (!file.startsWith("server/") || !target.endsWith("/queries.ts") || isCommand(file)) return false;
    return room(file) !== room(target);
  });
  forbid(
    "Routes call verbs; only a room's verbs use its queries.",
    ({ file, target, typeOnly }) =>
      isRoutes(file) && !typeOnly && (target.endsWith("/queries.ts") || target.startsWith("drizzle-orm")),
  );
  forbid(
    "Only app.ts and api.ts mount routes.",
    ({ file, target, typeOnly }) =>
      file.startsWith("server/") &&
      isRoutes(target) &&
      !typeOnly &&
      !["server/app.ts", "server/api.ts"].includes(file),
  );
  forbid("The database knows no feature.", ({ file, target }) => {
    const wanted = room(target);
    return room(file) === "db" && wanted !== undefined && !GROUND.has(wanted);
  });
  forbid(
    "Drizzle stays in queries.ts and db/.",
    ({ file, target }) =>
      file.startsWith("server/") &&
      target.startsWith("drizzle-orm") &&
      room(file) !== "db" &&
      !file.endsWith("/queries.ts"),
  );
  forbid("Nothing imports app, boot or main but the floor above.", ({ file, target }) => {
    if (!file.startsWith("server/")) return false;
    if (target === "server/app.ts") return file !== "server/boot.ts";
    if (target === "server/boot.ts") return !isMain(file);
    return isMain(target);
  });
});

test("only main knows the runtime, only config reads the environment", () => {
  forbid(
    "Hand it in from main.node.ts or main.deno.ts.",
    ({ file, target }) =>
      file.startsWith("server/") &&
      !isMain(file) &&
      /^(@hono\/node-server|hono\/deno|node:http)/.test(target),
  );
  const mayRead =
    /^(server\/main\.\w+\.ts|server\/commands\/\w+\.ts|server\/db\/drizzle\.config\.ts|tray\/(main|models|config)\.ts|tests\/.*)$/;
  const reading = sources.filter((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return (
      /^(server|tray)\//.test(file) &&
      /process\.env\b(?!\s*,)/.test(text) &&
      !mayRead.test(file) &&
      !inherits(text)
    );
  });
  assert.deepEqual(reading, [], "take it from the configuration that is passed in");
});

/** Handing the environment on to a child process is not reading it. */
const inherits = (text: string): boolean =>
  text.replaceAll(/\.\.\.process\.env\b/g, "").match(/process\.env\b/) === null;

test("names say what a thing is", () => {
  const vague = sources.filter((file) => /(^|\/)(utils?|helpers?|common|manager)(\/|\.tsx?$)/.test(file));
  assert.deepEqual(vague, ["server/contract/common.ts"], "name it after what it does");
});

test("a file is one thing", () => {
  const long = sources.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 400);
  assert.deepEqual(long, [], "over 400 lines: it is probably two things");
  const table = readFileSync(join(root, "server/app.ts"), "utf8").split("\n").length;
  assert.ok(table < 85, "app.ts is the table of contents");
});
