import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Backup, Backups } from "#contract";
import { openKept } from "../../server/backups/open-kept.ts";
import { restore } from "../../server/backups/restore.ts";
import { readConfig } from "../../server/config.ts";
import { openPostgres } from "../../server/db/postgres.ts";
import { startPostgres, withoutPostgres } from "../support/postgres.ts";
import { answer, testServer, wholeCall } from "../support/server.ts";

describe("copies of a PostgreSQL database", { skip: withoutPostgres }, () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let folder: string;
  before(async () => {
    postgres = await startPostgres();
    folder = await mkdtemp(join(tmpdir(), "callmanager-dump-"));
  });
  after(async () => {
    postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("a dump is checked, and comes back with its calls; not while somebody is connected", async () => {
    const env = { DATABASE_URL: postgres.url, DATA_FOLDER: join(folder, "data"), TIME_ZONE: "Europe/Madrid" };
    const config = readConfig(env);
    const server = await testServer({ store: await openPostgres(postgres.url), env });
    const admin = await server.browser("admin");
    const maria = await server.device();
    const first = await wholeCall(maria, server.now());
    const { status, body: made } = await answer<Backup>(admin.request("POST", "/api/backups"));
    assert.equal(status, 201);
    assert.ok((await readdir(join(env.DATA_FOLDER, "backups", made.id))).includes("callmanager.dump"));
    assert.equal((await answer<Backups>(admin.request("GET", "/api/backups"))).body.possible, true);
    await wholeCall(maria, server.now());
    assert.equal(await restore(config, made.id, server.now()), "running");
    assert.deepEqual(server.errors, []);
    await server.close();

    const done = await restore(config, made.id, new Date());
    assert.ok(typeof done !== "string", "refused");
    assert.equal(done.aside?.kind, "before_restore");
    const log = { info: () => undefined, error: () => assert.fail("nothing fails") };
    const store = await openKept(config, { clock: () => new Date(), log });
    const calls = await store.db.select().from(store.tables.calls);
    assert.deepEqual(
      calls.map(({ id }) => id),
      [first.id],
    );
    await store.close();
  });
});
