// `npm run demo`: installs what is missing, builds the pages, then plays a call centre on the pinned Node.
import { spawn } from "node:child_process";
import { buildPages } from "../server/launch/build.mjs";
import { install, node, root } from "../server/launch/install.mjs";

install();
buildPages();
const demo = spawn(node, ["tests/demo/main.ts", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
// Ctrl+C reaches the demo as well; this one waits for it to end
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => demo.kill(signal));
demo.on("exit", (code) => process.exit(code ?? 1));
