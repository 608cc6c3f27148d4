import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { Job, Page } from "#contract";
import { Actors } from "../../server/auth/actors.ts";
import { createAttempts } from "../../server/access/attempts.ts";
import { createAudit, type Audit } from "../../server/audit/audit.ts";
import { createAuth } from "../../server/auth/auth.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { AppError } from "../../server/errors.ts";
import type { Actor } from "../../server/http/context.ts";
import { createJobs, type JobHandler, type Run } from "../../server/jobs/jobs.ts";
import { jobQueries, type JobRow } from "../../server/jobs/queries.ts";
import { safeNames, writeZip } from "../../server/jobs/zip.ts";
import { dialects, noting } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
import { personRow } from "../support/rows.ts";
import { answer, testServer, type TestServer } from "../support/server.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");

for (const { name, open } of dialects)
  test(`the queries of jobs on ${name}`, async () => {
    const store = await open();
    const called = new Set<string>();
    const rooms = jobQueries(store);
    const queries = noting("jobs", rooms, called);
    const [first, second, user] = [uuidv7(), uuidv7(), uuidv7()];
    const row = { kind: "export" as const, state: "queued" as const, userId: user, input: { a: ["ñ"] } };
    await queries.add({ ...row, id: first, createdAt: NOW });
    await queries.add({ ...row, id: second, createdAt: new Date(NOW.getTime() + 1) });
    assert.equal(await queries.next(["erasure"]), null);
    assert.equal((await queries.next(["export"]))?.id, first, "the oldest first");
    assert.equal(await queries.claim(first, NOW), true);
    assert.equal(await queries.claim(first, NOW), false, "only one runs it");
    await queries.progress(first, 3, 10);
    await queries.progress(second, 3, 10);
    assert.deepEqual(
      (await queries.of(user, "export", 10)).map(({ id, done, total }) => [id, done, total]),
      [
        [second, 0, null],
        [first, 3, 10],
      ],
    );
    assert.equal(await queries.underWay(user), 2);
    await queries.requeue();
    assert.equal((await queries.byId(first))?.state, "queued");
    const expiresAt = new Date(NOW.getTime() + 1000);
    assert.equal(await queries.end(first, { state: "done", endedAt: NOW, expiresAt, file: "f" }), true);
    assert.equal(await queries.end(first, { state: "failed", endedAt: NOW, expiresAt }), false);
    assert.deepEqual((await queries.byId(first))?.input, row.input);
    assert.equal(await queries.underWay(user), 1);

    await authQueries(store, uuidv7).addPerson(personRow(user, "clara", "admin"), NOW, "Europe/Madrid");
    const [report, team, reader] = [uuidv7(), uuidv7(), uuidv7()];
    const done = { ...row, state: "done" as const, input: { teamId: team } };
    await queries.add({ ...done, id: report, createdAt: NOW });
    const foreign: Partial<JobRow>[] = [
      { state: "running" },
      { kind: "expediente" },
      { userId: reader },
      { input: "teamId" },
    ];
    const others = foreign.map((one, i) => ({ ...done, ...one, id: uuidv7(), createdAt: new Date(i) }));
    for (const one of others) await queries.add(one);
    const found = async (teamIds: string[], id?: string) =>
      (await queries.ofTeams(teamIds, reader, 10, id)).map(({ row: { id }, by }) => [id, by]);
    assert.deepEqual(await found([uuidv7(), team]), [[report, "clara"]]);
    assert.deepEqual(await found([team], report), [[report, "clara"]]);
    assert.deepEqual(await found([team], first), []);
    assert.deepEqual(await found([uuidv7()]), []);
    assert.deepEqual(await found([]), []);
    for (const { id } of [{ id: report }, ...others]) await queries.remove(id);

    assert.deepEqual(await queries.expired(expiresAt), []);
    assert.deepEqual(await queries.expired(new Date(expiresAt.getTime() + 1)), [{ id: first }]);
    await queries.setInput(first, {});
    assert.deepEqual((await queries.byId(first))?.input, {});
    await queries.remove(first);
    assert.deepEqual(await queries.discardable(), [second]);
    assert.deepEqual(await queries.discardable(user), [second]);
    assert.deepEqual(await queries.discardable(first), []);
    const missing = Object.keys(rooms).filter((query) => !called.has(`jobs.${query}`));
    assert.deepEqual(missing, []);
    await store.close();
  });

describe("a job", () => {
  let server: TestServer;
  let audit: Audit;
  let actor: Actor;
  before(async () => {
    server = await testServer();
    audit = createAudit(server.deps);
    actor = await actorOf(await server.person("supervisor"));
  });
  after(async () => {
    await audit.stop();
    await server.close();
  });

  const auth = () => {
    const { deps } = server;
    const rooms = { actors: new Actors(), attempts: createAttempts(deps), audit };
    return createAuth(deps, rooms);
  };
  const actorOf = async (userId: string): Promise<Actor> => {
    const found = await auth().standing(userId);
    assert.ok(found);
    return found;
  };
  const jobsOf = (handler: JobHandler) => {
    const jobs = createJobs(server.deps, { audit, auth: auth() });
    jobs.handle("export", handler);
    return jobs;
  };
  const folderOf = (id: string) => join(server.data, "jobs", id);
  const made = async ({ folder }: Run, text = "hola") => {
    await writeFile(join(folder, "a.csv"), text);
    return { file: "a.csv", fileName: "añe.csv" };
  };

  test("runs, tells how far it is, leaves a file for a week, and goes with it", async () => {
    const jobs = jobsOf(async (run) => {
      assert.deepEqual(run.input, { kind: "calls" });
      assert.equal(run.actor.userId, actor.userId);
      run.progress(1, 4);
      run.progress(4);
      return made(run);
    });
    const { id, state } = await jobs.add(actor, "export", { kind: "calls" });
    assert.ok(["queued", "running", "done"].includes(state));
    const job = await eventually("its end", async () => {
      const now = await jobs.get(actor, id);
      return now.state === "done" ? now : null;
    });
    assert.deepEqual([job.done, job.total, job.bytes, job.fileName], [4, 4, 4, "añe.csv"]);
    assert.equal(Date.parse(job.expiresAt ?? "") - Date.parse(job.endedAt ?? ""), 7 * 86_400_000);
    const file = await jobs.file(actor, id);
    assert.equal(await new Response(file.body).text(), "hola");
    server.setNow(new Date(server.now().getTime() + 8 * 86_400_000));
    await jobs.sweep();
    await assert.rejects(jobs.get(actor, id), { code: "not_found" });
    assert.equal(existsSync(folderOf(id)), false);
    await jobs.stop();
  });

  test("cancelled while it runs: it is told, and nothing is left of it", async () => {
    const begun = Promise.withResolvers<void>();
    const jobs = jobsOf(async (run) => {
      await made(run);
      run.progress(1, 4);
      run.progress(2);
      begun.resolve();
      await wait(60_000, undefined, { signal: run.signal });
      return null;
    });
    const { id } = await jobs.add(actor, "export", {});
    await begun.promise;
    assert.equal(existsSync(folderOf(id)), true);
    const how = async () => {
      const { state, done, total } = await jobs.get(actor, id);
      return [state, done, total];
    };
    assert.deepEqual(await how(), ["running", 2, 4], "the latest, however soon after the one before");
    assert.deepEqual((await jobs.list(actor)).items.find((job) => job.id === id)?.done, 2);
    await jobs.cancel(actor, id);
    assert.deepEqual(await how(), ["cancelled", 2, 4]);
    await eventually("its folder to go", () => !existsSync(folderOf(id)));
    await assert.rejects(jobs.file(actor, id), { code: "no_file" });
    await jobs.cancel(actor, id);
    await assert.rejects(jobs.get(actor, id), { code: "not_found" });
    assert.equal(server.errors.length, 0);
    await jobs.stop();
  });

  test("fails with the code of its error; the server's own failures are logged and told as internal", async () => {
    const jobs = jobsOf(async ({ input }) => {
      if (input === 1) throw new AppError("not_found");
      throw new Error("disk");
    });
    const ended = async (input: number) => {
      const { id } = await jobs.add(actor, "export", input);
      return eventually("its end", async () => {
        const now = await jobs.get(actor, id);
        return now.state === "failed" && now.error;
      });
    };
    assert.equal(await ended(1), "not_found");
    assert.equal(server.errors.length, 0);
    assert.equal(await ended(2), "internal");
    assert.equal(server.errors.splice(0).length, 1);
    await jobs.stop();
  });

  test("two run at once, five of one person wait or run, and a device asks for none", async () => {
    const release = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    const jobs = jobsOf(async () => {
      most = Math.max(most, ++running);
      await release.promise;
      running--;
      return null;
    });
    const another = await actorOf(await server.person("executive"));
    for (let n = 0; n < 5; n++) await jobs.add(another, "export", {});
    await assert.rejects(jobs.add(another, "export", {}), { code: "too_many_jobs" });
    await jobs.add(actor, "export", {});
    await assert.rejects(jobs.add({ ...actor, kind: "device" }, "export", {}), { code: "forbidden" });
    await eventually("two of them", () => running === 2);
    release.resolve();
    await eventually("all to end", async () =>
      (await jobs.list(another)).items.every(({ state }) => state === "done"),
    );
    assert.equal(most, 2);
    await jobs.stop();
  });

  test("a server that stops does it again when it comes back", async () => {
    const begun = Promise.withResolvers<void>();
    const before = jobsOf(async (run) => {
      await made(run, "half");
      begun.resolve();
      await wait(60_000, undefined, { signal: run.signal });
      return null;
    });
    const { id } = await before.add(actor, "export", {});
    await begun.promise;
    await before.stop();
    assert.equal((await before.get(actor, id)).state, "running");
    const now = jobsOf((run) => made(run, "whole"));
    await now.start();
    await eventually("its end", async () => (await now.get(actor, id)).state === "done");
    assert.equal(await new Response((await now.file(actor, id)).body).text(), "whole");
    await now.stop();
  });

  test("runs as who the person is then, and not at all for who has left", async () => {
    const release = Promise.withResolvers<void>();
    const seen: Actor[] = [];
    const jobs = jobsOf(async (run) => {
      if (run.input === "wait") await release.promise;
      else seen.push(run.actor);
      return null;
    });
    const userId = await server.person("admin");
    const gone = await server.person("admin");
    const admin = await actorOf(userId);
    await jobs.add(actor, "export", "wait");
    await jobs.add(actor, "export", "wait");
    await jobs.add(admin, "export", {});
    const theirs = await jobs.add(await actorOf(gone), "export", {});
    await server.queries.changePerson(userId, { role: "agent" }, "Madrid", "Europe/Madrid");
    await server.queries.changePerson(gone, { active: false }, "Madrid", "Europe/Madrid");
    release.resolve();
    const ended = await eventually("the end", async () => {
      const row = await jobQueries(server.deps.store).byId(theirs.id);
      // the two run at the same time
      return row?.state === "failed" && seen.length > 0 ? row : null;
    });
    assert.equal(ended.error, "forbidden");
    assert.deepEqual(
      seen.map(({ role }) => role),
      ["agent"],
    );
    await jobs.stop();
  });

  test("all but the erasures under way are discarded, whatever they do", async () => {
    const jobs = jobsOf(async (run) => {
      const result = await made(run);
      if (run.input === "long") await wait(60_000, undefined, { signal: run.signal });
      return result;
    });
    jobs.handle("erasure", async ({ signal, folder }) => {
      await writeFile(join(folder, "a.csv"), "a");
      return wait(60_000, null, { signal });
    });
    const kept = await jobs.add(actor, "erasure", {});
    await eventually("it to begin", () => existsSync(join(folderOf(kept.id), "a.csv")));
    assert.deepEqual([await jobs.goesOn(kept.id), await jobs.goesOn(uuidv7())], [true, false]);
    const done = await jobs.add(actor, "export", {});
    await eventually("a file", async () => (await jobs.get(actor, done.id)).state === "done");
    assert.equal(await jobs.goesOn(done.id), false);
    const long = await jobs.add(actor, "export", "long");
    await eventually("it to run", () => existsSync(join(folderOf(long.id), "a.csv")));
    const went = await jobs.discard();
    assert.ok(went.includes(done.id) && went.includes(long.id) && !went.includes(kept.id));
    assert.deepEqual(
      [kept, done, long].map(({ id }) => existsSync(folderOf(id))),
      [true, false, false],
    );
    await jobs.stop();
  });
});

test("another's jobs are absent, on the wire too; what is given is noted before", async () => {
  const server = await testServer();
  const [luis, eva] = [await server.browser("supervisor"), await server.browser("admin")];
  const id = uuidv7();
  const row = { id, kind: "export" as const, state: "done" as const, userId: luis.userId, input: {} };
  await jobQueries(server.deps.store).add({ ...row, createdAt: NOW });
  const list = (client: typeof luis) => answer<Page<Job>>(client.request("GET", "/api/jobs"));
  assert.deepEqual(
    (await list(luis)).body.items.map((job) => job.id),
    [id],
  );
  assert.deepEqual((await list(eva)).body.items, []);
  for (const [method, path] of [
    ["GET", ""],
    ["GET", "/file"],
    ["DELETE", ""],
  ] as const)
    assert.equal((await eva.request(method, `/api/jobs/${id}${path}`)).status, 404);
  assert.equal((await luis.request("GET", `/api/jobs/${id}/file`)).status, 409);
  assert.equal((await luis.request("DELETE", `/api/jobs/${id}`)).status, 204);
  assert.equal((await luis.request("GET", `/api/jobs/${id}`)).status, 404);
  await server.close();
});

describe("a ZIP", () => {
  test("has safe, unique names", () => {
    const nameOf = safeNames();
    assert.deepEqual(
      [
        "../../etc/passwd",
        "/abs.txt",
        "C:\\x\\y.txt",
        "a\u0000b\n.txt",
        "Á.wav",
        "A\u0301.wav",
        "á.WAV",
        "..",
        "",
        "x/.../y ",
        "\u202Egnp.exe",
        "x/CON.wav",
      ].map(nameOf),
      [
        "etc/passwd",
        "abs.txt",
        "C_/x/y.txt",
        "a_b_.txt",
        "Á.wav",
        "Á (2).wav",
        "á (3).WAV",
        "_",
        "_ (2)",
        "x/y",
        "_gnp.exe",
        "x/_CON.wav",
      ],
    );
  });

  test("is written as its entries come, and says what went wrong with one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "callmanager-zip-"));
    const file = join(folder, "a.zip");
    await writeZip(file, [
      { name: "uno.txt", from: "hola" },
      { name: "uno.txt", from: Readable.from([Buffer.from("se"), Buffer.from("gunda")]), packed: true },
    ]);
    const bytes = await readFile(file);
    const JSZip = (await import("jszip")).default;
    const zip = await JSZip.loadAsync(bytes);
    assert.deepEqual(Object.keys(zip.files), ["uno.txt", "uno (2).txt"]);
    assert.equal(await zip.file("uno (2).txt")?.async("text"), "segunda");
    const broken = new Readable({ read: () => undefined });
    setImmediate(() => broken.destroy(new Error("gone")));
    await assert.rejects(writeZip(file, [{ name: "x", from: broken }]), /gone/);
    await assert.rejects(
      writeZip(file, [{ name: "x", from: new Readable({ read: () => undefined }) }], AbortSignal.timeout(50)),
      { name: "AbortError" },
    );
    await rm(folder, { recursive: true });
  });
});
