// `npm start`: installs what is missing, builds the pages, starts the server and, on a desktop, the tray.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { buildPages } from "./build.mjs";
import { install, node, root } from "./install.mjs";

install();
buildPages();

const children = new Set();
let stopping = false;

/** Starts one part; each of its lines is shown with its name in front and handed to `onLine`. */
function start(name, args, env, onLine) {
  const child = spawn(node, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      console.log(`[${name}] ${line}`);
      onLine?.(line);
    });
  child.on("exit", (code) => {
    children.delete(child);
    if (name === "server" && !stopping) stop(code ?? 1);
    else if (children.size === 0) process.exit();
  });
  return child;
}

function stop(code = 0) {
  stopping = true;
  process.exitCode = code;
  if (children.size === 0) process.exit();
  for (const child of children) child.kill("SIGTERM");
  // a part that hangs must not hold the terminal
  setTimeout(() => process.exit(code), 8000).unref();
}
process.on("SIGINT", () => stop());
process.on("SIGTERM", () => stop());

const desktop =
  process.platform === "linux"
    ? Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
    : process.env.CI !== "true";

let listening = false;
start("server", ["server/main.node.ts"], {}, (line) => {
  const url = /listens on (https?:\/\/\S+)/.exec(line)?.[1];
  if (!url || listening) return;
  listening = true;
  if (desktop) start("tray", ["tray/main.ts"], { SERVER_URL: process.env.SERVER_URL ?? url });
  else
    console.log(
      "No desktop session here, so no tray. On an agent's PC: npm run tray, and npm run tray -- status",
    );
});
