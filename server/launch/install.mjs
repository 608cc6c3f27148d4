// Runs on the machine's own Node (20 or newer) with nothing installed: no imports but Node's.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** The Node that package-lock.json pins, whatever the machine has. */
export const node = join(
  root,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

const stamp = join(root, "node_modules", ".installed-lock");
const lock = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
const fresh = () => existsSync(node) && existsSync(stamp) && readFileSync(stamp, "utf8") === lock();

/** Installs what package-lock.json says unless it is there already. Ends the process when that fails. */
export function install() {
  if (fresh()) return;
  console.log("Installing packages (npm ci), about a minute…");
  const began = Date.now();
  const npm = process.env.npm_execpath;
  const [command, ...prefix] = npm
    ? [process.execPath, npm]
    : [process.platform === "win32" ? "npm.cmd" : "npm"];
  const { status } = spawnSync(command, [...prefix, "ci", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: "inherit",
    shell: !npm && process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm ci failed. Look at its message above; then run the same command again.");
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, lock());
  console.log(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}
