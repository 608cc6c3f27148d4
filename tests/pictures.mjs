// `npm run pictures -- folder`: builds the pages, then pictures them all on the pinned Node; with `--demo` those of
// the running demo, for the README.
import { spawnSync } from "node:child_process";
import { buildPages } from "../server/launch/build.mjs";
import { install, node, root } from "../server/launch/install.mjs";

install();
buildPages();
const args = process.argv.slice(2);
const pictures = args.includes("--demo") ? "tests/demo/pictures.ts" : "tests/web/pictures.ts";
const { status } = spawnSync(node, [pictures, ...args], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);
