// `node server/launch/run.mjs <file.ts> […]`: runs a file of this project on the pinned Node.
import { spawn } from "node:child_process";
import { install, node, root } from "./install.mjs";

install();
const child = spawn(node, process.argv.slice(2), { cwd: root, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
