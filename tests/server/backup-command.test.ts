import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { appendFile, copyFile, cp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, test } from "node:test";
import Sqlite from "better-sqlite3";
import { eq } from "drizzle-orm";
import type { Job } from "#contract";
import { backupShelf } from "../../server/backups/shelf.ts";
import { openSqlite } from "../../server/db/sqlite.ts";
import { erasedList } from "../../server/persons/erased.ts";
import { createRooms } from "../../server/rooms.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder, root, startServer } from "../support/process.ts";
import { endedRecording } from "../support/ended-recording.ts";
import { answer, testServer, wholeCall } from "../support/server.ts";

type Command = "backup" | "restore" | "audit";
type Ran = { code: number | null; out: string; err: string };

/** A folder with a database of two calls, one of them recorded, and the commands that work on it. */
async function company() {
  const { path, remove } = await dataFolder();
  const file = join(path, "callmanager.db");
  const env = {
    ...process.env,
    DATABASE_URL: `file:${file}`,
    DATA_FOLDER: join(path, "data"),
    RECORDINGS_URL: `file:${join(path, "recordings")}`,
    TIME_ZONE: "Europe/Madrid",
  };
  const start = (command: Command, ...args: string[]) =>
    spawn(process.execPath, [join(root, `server/commands/${command}.ts`), ...args], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const run = async (command: Command, ...args: string[]): Promise<Ran> => {
    const child = start(command, ...args);
    const code = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  };
  const shelf = backupShelf(env.DATA_FOLDER);
  /** A server in this process on that database, while `work` lasts. */
  const within = async <T>(
    work: (server: Awaited<ReturnType<typeof testServer>>) => Promise<T>,
  ): Promise<T> => {
    const { DATA_FOLDER, RECORDINGS_URL } = env;
    const server = await testServer({ store: openSqlite(file), env: { DATA_FOLDER, RECORDINGS_URL } });
    try {
      return await work(server);
    } finally {
      await server.close();
    }
  };
  const calls = (): string[] => {
    const database = new Sqlite(file);
    const rows = database.prepare("select id from calls order by started_at").all() as { id: string }[];
    database.close();
    return rows.map(({ id }) => id);
  };
  return { path, file, env, start, run, shelf, within, calls, remove };
}

describe("backup and restore from a terminal", () => {
  test("what was there when it was copied is there again; the rest is put aside", async () => {
    const own = await company();
    const before = await own.within(
      async (server) => (await wholeCall(await server.device(), server.now())).id,
    );
    const made = await own.run("backup");
    assert.deepEqual([made.code, made.err], [0, ""]);
    assert.match(made.out, /Copia hecha y comprobada: .*callmanager\.db .*Las grabaciones no van dentro/s);
    const [copy] = await own.shelf.list();
    assert.ok(copy);
    const after = await own.within(
      async (server) => (await wholeCall(await server.device(), server.now())).id,
    );
    assert.deepEqual(own.calls(), [before, after]);

    const listed = await own.run("restore");
    assert.equal(listed.code, 0);
    assert.match(listed.out, new RegExp(`${copy.id} .* hasta ${copy.goesAt.slice(0, 10)}`));
    assert.deepEqual(
      [(await own.run("restore", "nothing")).code, (await own.run("restore", "a", "b")).code],
      [1, 2],
    );
    const done = await own.run("restore", copy.id, "--language", "en");
    assert.deepEqual([done.code, done.err], [0, ""]);
    assert.match(done.out, /The database is that of .* again/);
    assert.match(done.out, /start the server/);
    assert.deepEqual(own.calls(), [before]);
    const database = new Sqlite(own.file);
    const entries = database.prepare("select action, subject_id as id from audit_entries order by n").all();
    database.close();
    assert.deepEqual(entries, [{ action: "restored", id: copy.id }], "in the chain that came back");

    const aside = (await own.shelf.list()).find(({ kind }) => kind === "before_restore");
    assert.ok(aside);
    assert.equal((await own.run("restore", aside.id)).code, 0);
    assert.deepEqual(own.calls(), [before, after], "and back again");
    assert.deepEqual(
      (await readdir(own.path)).filter((name) => name.includes("restoring")),
      [],
    );
    await own.remove();
  });

  test("a copy with a byte changed, or cut short, is refused and nothing changes", async () => {
    const own = await company();
    const id = await own.within(async (server) => (await wholeCall(await server.device(), server.now())).id);
    await own.run("backup");
    const [copy] = await own.shelf.list();
    assert.ok(copy);
    const file = join(copy.folder, "callmanager.db");
    const whole = await readFile(file);
    for (const spoil of [
      async () => {
        const handle = await open(file, "r+");
        await handle.write(Buffer.from([(whole[5_000] ?? 0) ^ 1]), 0, 1, 5_000);
        await handle.close();
      },
      () => writeFile(file, whole.subarray(0, whole.length - 4_096)),
      () => appendFile(file, "x"),
      () => rm(file),
    ]) {
      await writeFile(file, whole);
      await spoil();
      const refused = await own.run("restore", copy.id);
      assert.equal(refused.code, 1);
      assert.match(refused.err, /dañada/);
      assert.deepEqual(own.calls(), [id]);
    }
    assert.equal((await own.shelf.list()).filter(({ kind }) => kind === "before_restore").length, 0);
    await writeFile(file, whole);
    await writeFile(own.file, "not a database any more");
    await rm(`${own.file}-wal`, { force: true });
    await rm(`${own.file}-shm`, { force: true });
    assert.equal(
      (await own.run("restore", copy.id)).code,
      0,
      "a database that cannot be read is no obstacle",
    );
    assert.deepEqual(own.calls(), [id]);
    await own.remove();
  });

  test("not while the server runs; a backup is made all the same, and a kill leaves no half one", async () => {
    const own = await company();
    await own.within(async (server) => wholeCall(await server.device(), server.now()));
    const server = await startServer(own.path);
    const made = await own.run("backup", "--language", "en");
    assert.deepEqual([made.code, made.err], [0, ""]);
    const [copy] = await own.shelf.list();
    assert.ok(copy);
    const refused = await own.run("restore", copy.id);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /Párralo/);
    assert.equal((await fetch(`${server.url}/health`)).status, 200);
    await server.stop();

    // big enough that it is not over at once
    const database = new Sqlite(own.file);
    const put = database.prepare("insert into settings (name, value, changed_at) values (?, ?, 0)");
    const filler = JSON.stringify({ is: "x".repeat(20_000) });
    database.transaction(() => {
      for (let i = 0; i < 4_000; i++) put.run(`filler ${i}`, filler);
    })();
    database.close();
    const names = async () => readdir(join(own.env.DATA_FOLDER, "backups"));
    const child = own.start("backup");
    const ended = new Promise((resolve) => child.once("close", resolve));
    await eventually("a copy that is being made", async () =>
      (await names()).find((name) => name.startsWith(".part-")),
    );
    child.kill("SIGKILL");
    await ended;
    assert.deepEqual(
      (await own.shelf.list()).map(({ id }) => id),
      [copy.id],
    );
    assert.equal((await own.run("restore")).out.match(/_manual/g)?.length, 1);
    const again = await startServer(own.path);
    assert.deepEqual(
      (await names()).filter((name) => name.startsWith(".part-")),
      [],
      "cleared at the start",
    );
    await again.stop();
    await own.remove();
  });

  test("a copy of a newer version is refused", async () => {
    const own = await company();
    await own.within(async (server) => wholeCall(await server.device(), server.now()));
    await own.run("backup");
    const [copy] = await own.shelf.list();
    const file = join(copy?.folder ?? "", "manifest.json");
    const told = JSON.parse(await readFile(file, "utf8")) as object;
    await writeFile(file, JSON.stringify({ ...told, migration: Date.UTC(2100, 0) }));
    const refused = await own.run("restore", copy?.id ?? "");
    assert.equal(refused.code, 1);
    assert.match(refused.err, /más nueva/);
    // one that was put aside, of which nobody looked what it is
    const database = new Sqlite(own.file);
    database.prepare("update __drizzle_migrations set created_at = ?").run(Date.UTC(2100, 0));
    database.close();
    const bytes = await readFile(own.file);
    await writeFile(join(copy?.folder ?? "", "callmanager.db"), bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const files = [{ name: "callmanager.db", bytes: bytes.length, sha256 }];
    await writeFile(file, JSON.stringify({ ...told, kind: "before_restore", migration: null, files }));
    const aside = await own.run("restore", copy?.id ?? "");
    assert.equal(aside.code, 1);
    assert.match(aside.err, /más nueva/);
    assert.deepEqual(await readFile(own.file), bytes);
    await own.remove();
  });

  test("a name leads nowhere but among the copies", async () => {
    const own = await company();
    await own.within(async (server) => wholeCall(await server.device(), server.now()));
    await own.run("backup");
    const [copy] = await own.shelf.list();
    await cp(copy?.folder ?? "", join(own.path, "elsewhere"), { recursive: true });
    for (const name of ["../../elsewhere", "../backups/..", "..", ".", join(own.path, "elsewhere"), ""]) {
      const refused = await own.run("restore", name);
      assert.equal(refused.code, 1, name);
      assert.match(refused.err, /No hay ninguna copia con ese nombre/, name);
    }
    assert.equal((await own.shelf.list()).length, 1);
    await own.remove();
  });

  test("what was erased since stays erased, what was made smaller since is found", async () => {
    const own = await company();
    const at = new Date("2026-03-02T10:00:00Z");
    const ids = await own.within(async (server) => {
      const maria = await server.device({ name: "María López" });
      const made = [];
      for (let i = 0; i < 3; i++)
        made.push(await endedRecording(server, maria, new Date(at.getTime() + i * 60_000)));
      return made.map(({ id }) => id);
    });
    const [erased = "", smaller = "", kept = ""] = ids;
    await own.run("backup");
    const [copy] = await own.shelf.list();
    const flac = await own.within(async (server) => {
      const { keeping, conversions } = createRooms(server.deps);
      const { store } = server.deps;
      const { recordings } = store.tables;
      await keeping.erase(null, erased);
      const [row] = await store.db.select().from(recordings).where(eq(recordings.callId, smaller));
      assert.ok(row);
      const call = { siteId: "", campaign: null, disposition: null, sold: false, contacted: false };
      assert.ok(await conversions.convert({ ...row, ...call }, "flac", new AbortController().signal));
      return (await store.db.select().from(recordings).where(eq(recordings.callId, smaller)))[0];
    });
    const done = await own.run("restore", copy?.id ?? "");
    assert.deepEqual([done.code, done.err], [0, ""]);
    assert.match(done.out, /borradas otra vez: 1/);
    assert.doesNotMatch(done.out, /no se encuentra/);
    const database = new Sqlite(own.file);
    const rows = database
      .prepare("select call_id as id, format, file, sha256 from recordings order by started_at")
      .all();
    database.close();
    assert.deepEqual(
      (rows as { id: string; format: string; file: string; sha256: string }[]).map(({ id, format }) => [
        id,
        format,
      ]),
      [
        [smaller, "flac"],
        [kept, "wav"],
      ],
    );
    const found = (rows as { file: string; sha256: string }[])[0];
    assert.deepEqual([found?.file, found?.sha256], [flac?.file, flac?.sha256]);
    assert.ok(existsSync(join(own.path, "recordings", flac?.file ?? "")));
    const proven = await own.run("audit", "verify", "--recordings", own.env.RECORDINGS_URL.slice(5));
    assert.deepEqual([proven.code, proven.err], [0, ""], proven.out);
    assert.match(proven.out, /se recuperó una copia de seguridad: lo anotado de la \d+ a la \d+ se perdió/);
    await own.remove();
  });

  test("who was erased since is gone again, however the older database came back", async () => {
    const own = await company();
    const at = new Date("2026-03-02T10:00:00Z");
    const [name, phone] = ["Zulema Etxeandía", "+34612987456"];
    const theirs = await own.within(async (server) => {
      const maria = await server.device({ name: "María López" });
      const contact = { name, phone };
      const { id } = await endedRecording(server, maria, at, { contact });
      await endedRecording(server, maria, new Date(at.getTime() + 60_000), { contact: { name: "Otra" } });
      return id;
    });
    await own.run("backup");
    const [copy] = await own.shelf.list();
    const erasePerson = () =>
      own.within(async (server) => {
        const eva = await server.browser("admin");
        const asked = await answer<Job>(eva.request("POST", "/api/persons/erase", { phone }));
        assert.equal(asked.status, 201);
        await eventually("the erasure", async () => {
          const { body } = await answer<Job>(eva.request("GET", `/api/jobs/${asked.body.id}`));
          return body.state === "done";
        });
      });
    await erasePerson();
    const known = () => {
      const database = new Sqlite(own.file);
      const call = database.prepare("select contact_name as name from calls where id = ?").get(theirs);
      const others = database.prepare("select count(*) as n from recordings").get();
      const noted = database
        .prepare("select action, actor_kind as kind from audit_entries where action = 'person_erased'")
        .all();
      database.close();
      const inFile =
        readFileSync(own.file).includes("Zulema") || readFileSync(own.file).includes("612987456");
      return { call, others, noted, inFile };
    };
    const gone = {
      call: { name: null },
      others: { n: 1 },
      noted: [{ action: "person_erased", kind: "system" }],
      inFile: false,
    };
    assert.ok(copy);
    const list = await readFile(join(own.env.DATA_FOLDER, "backups", "erased.jsonl"), "utf8");
    assert.match(list, new RegExp(theirs));
    assert.doesNotMatch(list, /Zulema|612987456/);

    const done = await own.run("restore", copy.id);
    assert.deepEqual([done.code, done.err], [0, ""]);
    assert.match(done.out, /Personas borradas después de esa copia y borradas otra vez: 1/);
    assert.deepEqual(known(), gone);

    // the same file put there by hand; the database that was erased is gone with its audit
    await copyFile(join(copy.folder, "callmanager.db"), own.file);
    for (const end of ["-wal", "-shm"]) await rm(own.file + end, { force: true });
    assert.equal(known().inFile, true);
    const server = await startServer(own.path);
    await server.stop();
    assert.deepEqual(known(), gone);
    await own.remove();
  });

  test("whose recording is held in the older database stays, and is erased once it is free", async () => {
    const own = await company();
    const phone = "+34612987456";
    await own.within(async (server) => {
      const maria = await server.device({ name: "María López" });
      const { id } = await endedRecording(server, maria, server.now(), { contact: { phone } });
      const eva = await server.browser("admin");
      assert.equal((await eva.request("POST", `/api/recordings/${id}/hold`, { why: "Pleito" })).status, 200);
    });
    await own.run("backup");
    const [copy] = await own.shelf.list();
    const list = erasedList(own.env.DATA_FOLDER);
    const [call = ""] = own.calls();
    await list.add({ job: call, contacts: [], calls: [call] });
    await own.within(async ({ rooms, deps }) => {
      const { recordings } = deps.store.tables;
      await deps.store.together((on) => [on.update(recordings).set({ heldAt: null })]);
      await rooms.keeping.erase(null, call);
    });
    const done = await own.run("restore", copy?.id ?? "", "--language", "en");
    assert.equal(done.code, 0);
    assert.match(done.out, /on hold in it: 1/);
    assert.match(done.out, /have a recording on hold: 1/);
    await own.within(async (server) => {
      const { recordings } = server.deps.store.tables;
      assert.deepEqual(await server.rooms.erasure.again(), { erased: 0, held: 1 });
      await server.deps.store.together((on) => [on.update(recordings).set({ heldAt: null })]);
      assert.deepEqual(await server.rooms.erasure.again(), { erased: 1, held: 0 });
      assert.deepEqual(await server.rooms.erasure.again(), { erased: 0, held: 0 });
    });
    await own.remove();
  });
});
