import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { node, root } from "./install.mjs";

const built = join(root, "web", "dist", "mobile", "index.html");

/** The newest change below a folder, in milliseconds; `dist` is what we make, so it does not count. */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "dist")
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    })
    .reduce((a, b) => Math.max(a, b), 0);
}

/** Builds the pages with Vite unless they are newer than their sources. Ends the process when that fails. */
export function buildPages() {
  if (existsSync(built) && statSync(built).mtimeMs > newest(join(root, "web"))) return;
  console.log("Building the pages…");
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const { status } = spawnSync(
    node,
    [vite, "build", "web", "--config", "web/vite.config.ts", "--logLevel", "warn"],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
