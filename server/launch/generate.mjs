// `npm run db:generate`: writes the migrations of both databases after a change of server/db/schema.ts.
import { spawnSync } from "node:child_process";
import { install, node, root } from "./install.mjs";

install();
for (const dialect of ["sqlite", "postgres"]) {
  const args = ["node_modules/drizzle-kit/bin.cjs", "generate", "--config", "server/db/drizzle.config.ts"];
  const { status } = spawnSync(node, [...args, ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, DIALECT: dialect },
  });
  if (status !== 0) process.exit(status ?? 1);
}
