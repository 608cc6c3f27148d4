// `npm run verify`: format, lint, types and the docs' paths, in seconds and without a database.
import { spawnSync } from "node:child_process";
import { install, node, root } from "../server/launch/install.mjs";

const checks = [
  ["format", "node_modules/oxfmt/bin/oxfmt", "--check"],
  ["lint", "node_modules/oxlint/bin/oxlint", "--deny-warnings"],
  ["types", "node_modules/typescript/bin/tsc", "-p", "."],
  ["types of the pages", "node_modules/typescript/bin/tsc", "-p", "web"],
  ["layout and docs", "--test", "--test-reporter=dot", "tests/architecture.test.ts", "tests/docs.test.ts"],
];

install();
const failed = checks.filter(([name, ...args]) => {
  const { status, stdout, stderr } = spawnSync(node, args, { cwd: root, encoding: "utf8" });
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name}`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
