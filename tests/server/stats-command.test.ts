import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openSqlite } from "../../server/db/sqlite.ts";
import { testServer, wholeCall } from "../support/server.ts";

const COMMAND = fileURLToPath(new URL("../../server/commands/stats.ts", import.meta.url));

test("the figures are written anew from a terminal", async () => {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-command-"));
  const file = join(folder, "x.db");
  const server = await testServer({ store: openSqlite(file) });
  const maria = await server.device();
  await wholeCall(maria, server.now(), { change: { disposition: "sale" } });
  const { dayFigures } = server.deps.store.tables;
  await server.deps.store.together((db) => [db.delete(dayFigures)]);
  await server.close();

  const run = async (...args: string[]) => {
    const env = { ...process.env, DATABASE_URL: `file:${file}` };
    const child = spawn(process.execPath, [COMMAND, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    const code = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  };
  assert.deepEqual(await run("rebuild"), { code: 0, out: "Las cifras están escritas de nuevo.\n", err: "" });
  assert.match((await run("rebuild", "--language", "en")).out, /written anew/);
  const { code, err } = await run();
  assert.equal(code, 2);
  assert.match(err, /npm run stats -- rebuild/);

  const store = openSqlite(file);
  const rows = await store.db.select().from(dayFigures);
  assert.deepEqual(
    rows.map(({ calls, sales }) => [calls, sales]),
    [
      [1, 1],
      [1, 1],
    ],
    "the agent's and the team's",
  );
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
