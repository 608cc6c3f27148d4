import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createAudit } from "../../server/audit/audit.ts";
import { openSqlite } from "../../server/db/sqlite.ts";
import { tamper } from "../support/audit-chain.ts";
import { recordedCall } from "../support/recorded.ts";
import { testServer } from "../support/server.ts";

const COMMAND = fileURLToPath(new URL("../../server/commands/audit.ts", import.meta.url));
/** Longer ago than what may just be under way. */
const LONG_AGO = new Date("2026-03-02T09:00:00.000Z");

describe("the audit from a terminal", () => {
  let [kept, here, ids, shas]: [string, string, string[], string[]] = ["", "", [], []];
  const file = (callId: string) => files.get(callId) ?? assert.fail();
  const files = new Map<string, string>();

  before(async () => {
    kept = await mkdtemp(join(tmpdir(), "callmanager-audit-"));
    const server = await testServer({ store: openSqlite(join(kept, "x.db")) });
    server.setNow(LONG_AGO);
    const maria = await server.device({ name: "María" });
    for (let i = 1; i <= 3; i++) {
      const { callId, sha256 } = await recordedCall(maria, server.now(), i / 10);
      ids.push(callId);
      shas.push(sha256);
    }
    const { recordings } = server.deps.store.tables;
    for (const row of await server.deps.store.db.select().from(recordings)) files.set(row.callId, row.file);
    const audit = createAudit(server.deps);
    for (let i = 0; i < 500; i++) void audit.note(null, { action: "backup_made" });
    await audit.stop();
    await cp(server.folder, join(kept, "recordings"), { recursive: true });
    await cp(server.data, join(kept, "data"), { recursive: true });
    await server.close();
  });
  beforeEach(async () => {
    here = await mkdtemp(join(tmpdir(), "callmanager-audit-"));
    await cp(kept, here, { recursive: true });
  });
  after(() => rm(kept, { recursive: true, force: true }));

  const run = async (...args: string[]) => {
    const own = { DATABASE_URL: `file:${join(here, "x.db")}`, DATA_FOLDER: join(here, "data") };
    const child = spawn(process.execPath, [COMMAND, ...args], {
      cwd: here,
      env: { ...process.env, ...own },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const code = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  };
  const change = async (...statements: string[]) => {
    const store = openSqlite(join(here, "x.db"));
    await tamper(store, ...statements);
    await store.close();
  };
  const done = () => rm(here, { recursive: true, force: true });
  const sound = (callId: string) => join(here, "recordings", file(callId));
  const sidecar = (callId: string) => sound(callId).replace(/\.wav$/, "_metadata.json");

  test("all is well: chain, heads, recordings, folder", async () => {
    const { code, out, err } = await run("verify", "--recordings", "recordings");
    assert.deepEqual([code, err], [0, ""], out);
    assert.match(out, /Cadena: 503 anotaciones, ninguna cambiada/);
    assert.match(out, /Cabezas publicadas que la cadena conserva: 503/);
    assert.match(out, /Grabaciones de la base: 3 como dice la cadena, 0 anteriores/);
    assert.match(out, /recordings: 3 grabaciones probadas/);
    const english = await run("verify", "--language", "en");
    assert.match(english.out, /Chain: 503 entries, none changed/);
    const head = await run("head");
    assert.deepEqual(
      JSON.parse(head.out),
      JSON.parse(await readFile(join(here, "data", "audit-head.json"), "utf8")),
    );
    await done();
  });

  test("what is wrong with the chain, where, and what to do", async () => {
    await change("update audit_entries set actor_kind = 'device' where n = 77");
    const altered = await run("verify");
    assert.equal(altered.code, 1);
    assert.match(altered.out, /La anotación 77 está cambiada/);
    assert.match(altered.out, /Ahora dice: 2026-03-02T09:00:00.000Z, backup_made/);
    assert.match(altered.out, /Hasta la 76 está probada/);
    assert.match(altered.out, /Qué hacer/);
    await change("delete from audit_entries where n = 77");
    assert.match((await run("verify", "--language", "en")).out, /Entry 77 is missing/);
    await done();
  });

  test("the tail cut: by the head of the data folder, or by one that was kept elsewhere", async () => {
    await writeFile(join(here, "kept.json"), (await run("head")).out);
    await change("delete from audit_entries where n > 490");
    const found = await run("verify");
    assert.equal(found.code, 1);
    assert.match(found.out, /faltan las anotaciones desde la 491/);
    await rm(join(here, "data"), { recursive: true });
    const blind = await run("verify");
    assert.equal(blind.code, 0);
    assert.match(blind.out, /Sin una cabeza publicada no se puede ver/);
    assert.match((await run("verify", "--head", "kept.json")).out, /faltan las anotaciones desde la 491/);
    await writeFile(join(here, "kept.json"), '{"n": 1}');
    const broken = await run("verify", "--head", "kept.json");
    assert.deepEqual([broken.code, broken.out], [2, ""]);
    assert.match(broken.err, /kept.json no es una cabeza publicada/);
    assert.equal((await run("verify", "--head", "none.json")).code, 2);
    await done();
  });

  test("the tail cut together with the published head shows by the head of a backup", async () => {
    const backup = join(here, "data", "backups", "20260302-090000_nightly");
    await mkdir(backup, { recursive: true });
    await writeFile(join(backup, "audit-head.json"), (await run("head")).out);
    await change("delete from audit_entries where n > 490");
    await writeFile(join(here, "data", "audit-head.json"), (await run("head")).out);
    const { code, out } = await run("verify");
    assert.equal(code, 1);
    assert.match(out, /faltan las anotaciones desde la 491/);
    await done();
  });

  test("two recordings exchanged with their sidecars, or one in the place of another", async () => {
    const [one = "", two = "", three = ""] = ids;
    const aside = join(here, "aside");
    for (const part of [sound, sidecar]) {
      await rename(part(one), aside);
      await rename(part(two), part(one));
      await rename(aside, part(two));
    }
    const { code, out } = await run("verify", "--recordings", "recordings", "--language", "en");
    assert.equal(code, 1);
    for (const callId of [one, two])
      assert.ok(out.includes(`✗ ${file(callId)}: it is a recording of another call`), out);
    assert.match(out, /recordings: 1 recordings proven/);
    for (const part of [sound, sidecar]) await cp(part(three), part(one));
    assert.ok((await run("verify", "--recordings", "recordings")).out.includes(`✗ ${file(one)}: es una`));
    await done();
  });

  test("a sidecar that claims to be older than the chain proves nothing; what the database has so is told apart", async () => {
    const [one = "", two = ""] = ids;
    const says = JSON.parse(await readFile(sidecar(one), "utf8")) as object;
    const forged = { ...says, callId: "forged", startedAt: "2020-01-01T00:00:00.000Z" };
    await writeFile(sidecar(one), JSON.stringify(forged));
    const found = await run("verify", "--recordings", "recordings");
    assert.equal(found.code, 1);
    assert.ok(found.out.includes(`✗ ${file(one)}: la cadena no conoce esta grabación`), found.out);
    await writeFile(sidecar(one), JSON.stringify(says));
    const long = Date.parse("2020-01-01T00:00:00.000Z");
    const older = `update recordings set stored_at = ${long} where call_id = '${two}'`;
    await change(older, `update audit_entries set subject_id = 'another' where subject_id = '${two}'`);
    const { out } = await run("verify", "--recordings", "recordings");
    assert.match(out, /recordings: 2 grabaciones probadas/);
    assert.match(out, /1 son anteriores a la cadena/);
    await done();
  });

  test("recordings of the database that are not what the chain says", async () => {
    const [one = "", two = "", three = ""] = ids;
    await change(
      `update recordings set sha256 = '${shas[1]}' where call_id = '${one}'`,
      `delete from recordings where call_id = '${two}'`,
      `update audit_entries set action = 'recording_erased', digest = null where subject_id = '${three}'`,
    );
    const { code, out } = await run("verify", "--language", "en");
    assert.equal(code, 1);
    assert.match(out, /Recordings in the database that are not what the chain says: 3/);
    assert.match(out, new RegExp(`${one}: its digest is not the noted one`));
    assert.match(out, new RegExp(`${two}: it is gone, and nobody noted`));
    assert.match(out, new RegExp(`${three}: the chain says that it was erased`));
    await done();
  });

  test("a folder offline, by its sidecars alone", async () => {
    const [one = "", two = "", three = ""] = ids;
    await rm(join(here, "x.db"));
    const well = await run("verify", "--recordings", "recordings");
    assert.deepEqual([well.code, well.err], [0, ""], well.out);
    assert.match(well.out, /solo con sus fichas/);
    const bytes = await readFile(sound(one));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(sound(one), bytes);
    await rm(sound(two));
    await rm(sidecar(three));
    await mkdir(join(here, "recordings", ".incoming", "x"), { recursive: true });
    await writeFile(join(here, "recordings", ".incoming", "x", "whole.wav"), "half");
    await writeFile(join(here, "recordings", "nota_metadata.json"), "{");
    const { code, out } = await run("verify", "--recordings", "recordings");
    assert.equal(code, 1);
    assert.match(out, /0 grabaciones probadas/);
    assert.match(out, /Archivos que no se pueden probar: 4/);
    assert.ok(out.includes(`✗ ${file(one)}: el audio no es el de su ficha`), out);
    assert.ok(
      out.includes(`✗ ${file(two).replace(".wav", "_metadata.json")}: hay ficha y no hay audio`),
      out,
    );
    assert.ok(out.includes(`✗ ${file(three)}: hay audio y no hay ficha`), out);
    assert.match(out, /✗ nota_metadata.json: la ficha no se puede leer/);
    const none = await run("verify");
    assert.deepEqual([none.code, none.out], [2, ""]);
    assert.match(none.err, /No hay base de datos/);
    await done();
  });

  test("with the chain a sidecar cannot be forged with its sound; another format is proven as it is", async () => {
    const [one = "", two = "", three = ""] = ids;
    const says = JSON.parse(await readFile(sidecar(one), "utf8")) as object;
    await cp(sound(two), sound(one));
    const forged = JSON.parse(await readFile(sidecar(two), "utf8")) as { bytes: number; sha256: string };
    await writeFile(sidecar(one), JSON.stringify({ ...says, bytes: forged.bytes, sha256: forged.sha256 }));
    await rename(sound(three), sound(three).replace(/\.wav$/, ".flac"));
    const { code, out } = await run("verify", "--recordings", "recordings");
    assert.equal(code, 1);
    assert.ok(out.includes(`✗ ${file(one)}: audio y ficha concuerdan, pero no con la cadena`), out);
    assert.ok(out.includes(`✗ ${file(three)}: está en la base y no en la carpeta`), out);
    assert.match(out, /2 grabaciones probadas/, "the one whose sidecar is true for its new name, too");
    const copied = join(here, "recordings", dirname(file(one)), "copia");
    await cp(sound(two), `${copied}.wav`);
    await writeFile(
      `${copied}_metadata.json`,
      (await readFile(sidecar(two), "utf8")).replace(two, "another"),
    );
    assert.match((await run("verify", "--recordings", "recordings")).out, /copia.wav: la cadena no conoce/);
    await done();
  });

  test("how it is used", async () => {
    for (const args of [[], ["verify", "more"]]) {
      const { code, err } = await run(...args);
      assert.equal(code, 2);
      assert.match(err, /npm run audit -- verify/);
    }
    const { code, err } = await run("verify", "--recordings", "nowhere");
    assert.equal(code, 2);
    assert.match(err, /No hay ninguna carpeta nowhere/);
    await done();
  });
});
