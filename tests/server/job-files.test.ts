import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { jobQueries } from "../../server/jobs/queries.ts";
import { testServer } from "../support/server.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");

test("who may see other things from now on loses what they exported, and nobody else does", async () => {
  const server = await testServer();
  const admin = await server.browser("admin", { team: "Oficina" });
  const [luis, eva] = [await server.browser("supervisor"), await server.browser("supervisor")];
  const jobs = jobQueries(server.deps.store);
  const add = async (userId: string, kind: "export" | "erasure" = "export"): Promise<string> => {
    const id = uuidv7();
    const state = kind === "export" ? "done" : "running";
    const more = { file: "a.csv", fileName: "a.csv", bytes: 1, sha256: "0".repeat(64) };
    await jobs.add({ id, kind, state, userId, input: {}, createdAt: NOW, ...more });
    await mkdir(join(server.data, "jobs", id), { recursive: true });
    await writeFile(join(server.data, "jobs", id, "a.csv"), "x");
    return id;
  };
  const theirs = await add(eva.userId);
  const has = async (id: string) => [
    (await jobs.byId(id)) !== null,
    existsSync(join(server.data, "jobs", id, "a.csv")),
  ];
  for (const [change, goes] of [
    [{ name: "Luis" }, false],
    [{ language: "en" }, false],
    [{ teams: ["Soporte"] }, true],
    [{ team: "Sur", site: "Madrid" }, true],
    [{ role: "agent" }, true],
  ] as const) {
    const [id, erasing] = [await add(luis.userId), await add(luis.userId, "erasure")];
    assert.equal((await admin.request("PATCH", `/api/users/${luis.userId}`, change)).status, 200);
    const stays = [!goes, !goes];
    assert.deepEqual([await has(id), await has(erasing)], [stays, [true, true]], JSON.stringify(change));
  }
  assert.deepEqual(await has(theirs), [true, true]);
  await server.close();
});

test("files of jobs that nobody knows, as a kill leaves them, go at the start", async () => {
  const server = await testServer();
  const luis = await server.person("supervisor");
  const [known, unknown] = [uuidv7(), uuidv7()];
  const row = { kind: "export" as const, state: "done" as const, userId: luis, input: {}, createdAt: NOW };
  await jobQueries(server.deps.store).add({ ...row, id: known });
  for (const id of [known, unknown]) {
    await mkdir(join(server.data, "jobs", id), { recursive: true });
    await writeFile(join(server.data, "jobs", id, "export.xlsx"), "x");
  }
  await server.rooms.jobs.start();
  assert.deepEqual(await readdir(join(server.data, "jobs")), [known]);
  await server.close();
});
