// `npm run dev`: the pages are built and the server starts again on every change.
import { spawn } from "node:child_process";
import { install, node, root } from "./install.mjs";

install();
const vite = ["node_modules/vite/bin/vite.js", "build", "web", "--config", "web/vite.config.ts", "--watch"];
const children = [vite, ["--watch", "server/main.node.ts"]].map((args) =>
  spawn(node, args, { cwd: root, stdio: "inherit" }),
);
const stop = () => children.forEach((child) => child.kill("SIGTERM"));
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
for (const child of children) child.on("exit", stop);
