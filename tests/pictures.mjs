// `npm run pictures -- folder`: builds the pages, then pictures them all on the pinned Node.
import { spawnSync } from "node:child_process";
import { buildPages } from "../server/launch/build.mjs";
import { install, node, root } from "../server/launch/install.mjs";

install();
buildPages();
const { status } = spawnSync(node, ["tests/web/pictures.ts", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);
