import assert from "node:assert/strict";
import { globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { test, type TestContext } from "node:test";
import { eq } from "drizzle-orm";
import JSZip from "jszip";
import type { Backups, Call, Job, Page, Pairing, PersonFound, Stats, Team } from "#contract";
import { openSqlite } from "../../server/db/sqlite.ts";
import { company } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { callEnd, callStart } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

const NAME = "Zulema Etxeandía";
const PHONE = "+34 612 98 74 56";

/** A real server with María's PC, which makes calls with sound and words. */
async function office(t: TestContext) {
  const at = await company(t);
  const pairing = await fetch(`${at.url}/api/pair`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: await at.code(), device: "PC" }),
  });
  const { token } = (await pairing.json()) as Pairing;
  const headers = { authorization: `Bearer ${token}` };
  const send = async (method: string, path: string, body: object | Uint8Array<ArrayBuffer>, more = {}) => {
    const raw = body instanceof Uint8Array;
    const response = await fetch(at.url + path, {
      method,
      headers: { ...headers, ...(!raw && { "content-type": "application/json" }), ...more },
      body: raw ? body : JSON.stringify(body),
    });
    assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`);
  };
  const teams = (await at.get("/api/teams")) as Page<Team>;
  for (const { id } of teams.items) await at.change("PATCH", `/api/teams/${id}`, { listening: true });

  /** A call with sound, a transcript that names the caller, notes and a sale. */
  async function call(contact: { name?: string; phone?: string }, minutesAgo: number) {
    const start = callStart(new Date(Date.now() - minutesAgo * 60_000), {
      contact,
      campaign: "Fibra",
      externalId: `crm-${contact.phone ?? ""}`,
    });
    const wav = toneWav(1);
    await send("POST", "/api/calls/start", start);
    await send("PUT", `/api/recordings/${start.id}/parts/0`, wav.bytes, contentDigest(wav.bytes));
    const text = `Buenas, soy ${contact.name ?? "yo"}`;
    const line = { n: 0, side: "customer", text, fromMs: 0, toMs: 900 };
    await send("POST", `/api/transcripts/${start.id}`, { engine: "x", model: "y", lines: [line] });
    await send("POST", "/api/calls/end", callEnd(start, 60));
    await send("POST", `/api/recordings/${start.id}`, { parts: 1, metadata: wav.metadata });
    const notes = `${contact.name ?? ""} prefiere las tardes`;
    await send("PATCH", `/api/calls/${start.id}`, { disposition: "sale", saleAmount: 20, notes });
    return start.id;
  }
  const job = async (path: string, body: object): Promise<Job> => {
    const { id } = await at.change<Job>("POST", path, body);
    return eventually("the job's end", async () => {
      const now = (await at.get(`/api/jobs/${id}`)) as Job;
      return now.endedAt === null ? null : now;
    });
  };
  return { ...at, call, job };
}

const isMine = ({ contact }: Call): boolean => (contact.phone ?? "").replace(/\D/g, "").endsWith("612987456");

/** Every spelling in which a name or a phone may lie in a file. */
function spellings(): Buffer[] {
  const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "");
  const digits = PHONE.replace(/\D/g, "");
  const words = [
    ...NAME.split(" "),
    PHONE,
    digits,
    digits.slice(2),
    digits.slice(2).replace(/(...)(?=.)/g, "$1 "),
    encodeURIComponent(NAME),
  ];
  const texts = words.flatMap((word) => [
    word,
    word.toLowerCase(),
    word.toUpperCase(),
    plain(word),
    plain(word).toLowerCase(),
    word.normalize("NFD"),
  ]);
  return [...new Set(texts)].flatMap((text) => [
    Buffer.from(text),
    Buffer.from(text, "utf16le"),
    Buffer.from(text, "latin1"),
  ]);
}

/** Files below a folder, by name or content, in which one of the spellings is; save those below one of these names. */
function whereIs(folder: string, wanted: Buffer[], but: string[] = []): string[] {
  const files = globSync("**/*", { cwd: folder, withFileTypes: true }).concat(
    readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name.startsWith(".")),
  );
  return files.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    if (but.some((name) => path.split(sep).includes(name))) return [];
    // a job's folder goes a moment after its end
    const there = statSync(path, { throwIfNoEntry: false });
    const text = there?.isFile() ? readFileSync(path) : Buffer.alloc(0);
    const found = wanted.filter((word) => text.includes(word) || Buffer.from(path).includes(word));
    return found.map((word) => `${path}: ${word.toString("latin1")}`);
  });
}

test("after an erasure no byte of anything tells of the person; everybody else is still there", async (t) => {
  const at = await office(t);
  for (let i = 0; i < 30; i++) {
    await at.call({ name: `Cliente ${i}`, phone: `+34 655 10 00 ${10 + i}` }, 200 - i);
    if (i % 3 === 0) await at.call({ name: NAME, phone: PHONE }, 199 - i);
  }
  await at.call({ phone: "612987456" }, 10);
  const calls = await at.allCalls();
  assert.equal(calls.filter(isMine).length, 11);
  const wanted = spellings();
  assert.ok(whereIs(at.folder, wanted).length > 20, "the search finds what is there");

  const body = { phone: "0034612987456" };
  const found = (await at.get("/api/persons?phone=612-987-456")) as PersonFound;
  const none = { marks: 0, clips: 0, held: [] };
  assert.deepEqual(found, {
    contacts: 1,
    calls: 11,
    recordings: 11,
    seconds: 11,
    transcriptLines: 11,
    ...none,
  });
  const before = (await at.get("/api/stats?scope=all")) as Stats;
  assert.equal((await at.job("/api/persons/export", body)).state, "done");
  const erased = await at.job("/api/persons/erase", body);
  assert.deepEqual([erased.state, erased.error, erased.done], ["done", null, 12]);
  assert.deepEqual(await at.get("/api/jobs"), { items: [erased], next: null });

  // a copy that was made before keeps the person until its day; the next one does not have them
  const older = ((await at.get("/api/backups")) as Backups).items.map(({ id }) => id);
  await eventually("a copy", () => at.change("POST", "/api/backups", {}).then(Boolean, () => false));
  assert.deepEqual(whereIs(at.folder, wanted, older), []);
  const said = Buffer.from(at.output());
  assert.deepEqual(
    wanted.filter((word) => said.includes(word)),
    [],
  );

  const after = await at.allCalls();
  assert.equal(after.length, calls.length, "calls stay");
  for (const call of after.filter(({ id }) => calls.some((known) => known.id === id && isMine(known))))
    assert.deepEqual(
      [call.contact, call.contactId, call.notes, call.externalId, call.recorded, call.saleAmount],
      [{ name: null, phone: null }, null, null, null, false, 20],
    );
  assert.equal(after.filter(({ contact, recorded }) => contact.name !== null && recorded).length, 30);
  const stats = (await at.get("/api/stats?scope=all")) as Stats;
  assert.deepEqual(stats.totals, before.totals, "and so do their figures");
  const again = await at.refused("POST", "/api/persons/erase", body);
  assert.equal(again.code, "not_found");
});

test("an expediente has the sound, the words and the notes of all calls, whoever took them", async (t) => {
  const at = await office(t);
  const mine = [await at.call({ name: NAME, phone: PHONE }, 20), await at.call({ phone: "612987456" }, 10)];
  await at.call({ name: "Otra", phone: "+34 655 10 00 10" }, 5);
  const job = await at.job("/api/persons/export", { phone: PHONE });
  assert.deepEqual([job.state, job.done, job.total], ["done", 2, 2]);
  assert.match(job.fileName ?? "", /^expediente_\d{4}-\d\d-\d\d\.zip$/);
  const zip = await JSZip.loadAsync(await at.bytes(`/api/jobs/${job.id}/file`));
  const names = Object.keys(zip.files).filter((name) => !name.endsWith("/"));
  const text = async (name: string) => (await zip.file(name)?.async("string")) ?? "";
  for (const name of ["LEEME.txt", "index.html", "persona.json", "llamadas.json"])
    assert.ok(names.includes(name), `${name} is in ${names.join(", ")}`);
  assert.equal(names.filter((name) => name.startsWith("audio/") && name.endsWith(".wav")).length, 2);
  assert.equal(names.filter((name) => name.startsWith("transcripciones/")).length, 2);
  const calls = JSON.parse(await text("llamadas.json")) as Call[];
  assert.deepEqual(calls.map(({ id }) => id).toSorted(), mine.toSorted());
  assert.match(await text("persona.json"), /Zulema Etxeandía/);
  const page = await text("index.html");
  const sounds = [...page.matchAll(/<audio [^>]*src="([^"]+)"/g)].map(([, src = ""]) =>
    decodeURIComponent(src),
  );
  assert.deepEqual(sounds.toSorted(), names.filter((name) => name.startsWith("audio/")).toSorted());
  assert.match(page, /<dt>Sentido<\/dt><dd>(Saliente|Entrante)<\/dd>/);
  assert.match(page, /<dt>Consentimiento<\/dt><dd>Sin anotar<\/dd>/);
  assert.match(page, /<h2>\S+, \d+ de \S+ de \d{4}, \d+:\d\d<\/h2>/, "days and hours as people write them");
  for (const line of (await text(names.find((name) => name.startsWith("transcripciones/")) ?? "")).split(
    "\n",
  ))
    assert.ok(page.includes(line.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)), line);
  assert.doesNotMatch((await Promise.all(names.map(text))).join(), /Otra|655 ?10 ?00 ?10|<script/);
});

test("what somebody holds is not erased, nor anything else of the person", async (t) => {
  const at = await office(t);
  const callId = await at.call({ name: NAME, phone: PHONE }, 20);
  const store = openSqlite(join(at.folder, "callmanager.db"));
  await store.together((db) => [
    db
      .update(store.tables.recordings)
      .set({ heldAt: new Date(), heldBy: "x", heldWhy: "juicio" })
      .where(eq(store.tables.recordings.callId, callId)),
  ]);
  await store.close();
  const found = (await at.get(`/api/persons?phone=${encodeURIComponent(PHONE)}`)) as PersonFound;
  assert.deepEqual(
    found.held.map((held) => [held.callId, held.why]),
    [[callId, "juicio"]],
  );
  const refused = await at.refused("POST", "/api/persons/erase", { phone: PHONE });
  assert.deepEqual([refused.code, refused.errors?.[0]?.path], ["recordings_held", callId]);
  assert.equal((await at.allCalls())[0]?.contact.name, NAME);
});

test("a server that is killed in the middle of an erasure ends it when it is back", async (t) => {
  const at = await office(t);
  for (let i = 0; i < 12; i++) await at.call({ name: NAME, phone: PHONE }, 100 - i);
  const { id } = await at.change<Job>("POST", "/api/persons/erase", { phone: PHONE });
  await at.unplug();
  await at.replug();
  await eventually("its end", async () => ((await at.get(`/api/jobs/${id}`)) as Job).state === "done");
  const older = ((await at.get("/api/backups")) as Backups).items.map(({ id }) => id);
  assert.deepEqual(whereIs(at.folder, spellings(), older), []);
});
