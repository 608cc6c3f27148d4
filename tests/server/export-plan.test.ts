import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import Sqlite from "better-sqlite3";
import { openSqlite } from "../../server/db/sqlite.ts";
import type { Store } from "../../server/db/store.ts";
import { exportQueries } from "../../server/exports/queries.ts";

test("an agent's questions to the copilot are read by the agent's index, page after page", async () => {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-plan-"));
  const file = join(folder, "callmanager.db");
  const store = openSqlite(file);
  const group = { team: "Norte", teamId: "t", agentId: "a", agent: "Ana" };
  const [from, to] = [new Date("2026-03-01T00:00:00Z"), new Date("2026-04-01T00:00:00Z")];
  const asked: { sql: string; params: unknown[] }[] = [];
  const watched: Store = {
    ...store,
    rows: (bound) => {
      asked.push((bound.statement.build(store.db) as unknown as { toSQL(): (typeof asked)[0] }).toSQL());
      return store.rows(bound);
    },
  };
  for (const after of [null, { at: from, id: "0" }])
    await exportQueries(watched).askRows(group, { from, to }, after, 1000);
  assert.equal(asked.length, 2);
  for (const { sql, params } of asked) {
    const database = new Sqlite(file, { readonly: true });
    const plan = database.prepare(`explain query plan ${sql}`).all(params.map(() => null)) as {
      detail: string;
    }[];
    database.close();
    const steps = plan.map(({ detail }) => detail).join("\n");
    assert.match(steps, /SEARCH asks USING INDEX asks_by_agent \(agent_id=\? AND .*asked_at[<>]/);
  }
  await store.close();
  await rm(folder, { recursive: true });
});
