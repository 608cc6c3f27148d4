import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { ask, requestOf } from "../../tray/control/client.ts";
import { createControl } from "../../tray/control/control.ts";
import { tokenFile } from "../../tray/control/token.ts";
import { Desk } from "../../tray/desk.ts";
import { ServerError } from "../../tray/ports.ts";
import type { Effect } from "../../tray/state.ts";
import { es } from "../../tray/texts/es.ts";

const SERVER = "http://127.0.0.1:5000";
const data = mkdtempSync(join(tmpdir(), "control-"));

let desk: Desk;
let effects: Effect[] = [];
let ids = 0;
let paired = false;

/** A fresh tray behind the same address. */
beforeEach(() => {
  effects = [];
  paired = false;
  desk = new Desk({
    levels: () => ({ agent: -20, customer: -96 }),
    paired,
    hotkeyWhen: "always",
    texts: es,
    clock: () => ({ at: "2026-11-22T14:30:25.000Z", ms: 0 }),
    newId: () => `call-${++ids}`,
    perform: (effect) => effects.push(effect),
    draw: () => undefined,
  });
});

const log: string[] = [];
const control = createControl({
  port: 0,
  data,
  serverUrl: SERVER,
  language: "es",
  log: (line) => log.push(line),
  desk: {
    summon: () => desk.dispatch({ kind: "summon" }),
    status: () => desk.status(),
    pairing: () => ({ paired, device: "PC-7" }),
    pair: async (code) => {
      if (code === "BROKEN") throw new Error("disk full");
      if (code !== "K7M4-29QX")
        throw new ServerError("pairing_code_invalid", "El código no vale.", "Pide otro.", false);
      paired = true;
    },
    examine: async () => [{ check: "disk", name: "Disco", level: "ok", found: "77 GB libres", todo: null }],
  },
});
await control.start((signal) => desk.signal(signal));
after(async () => {
  await control.stop();
  rmSync(data, { recursive: true, force: true });
});
const token = readFileSync(tokenFile(data), "utf8").trim();

type Sent = {
  method?: string;
  path: string;
  body?: string | Buffer;
  headers?: Record<string, string | undefined>;
};

/** Raw HTTP, because `fetch` sets Host and Origin by itself. An undefined header is left out. */
function send({ method = "POST", path, body, headers = {} }: Sent) {
  const all = { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers };
  const kept = Object.fromEntries(
    Object.entries(all).filter((one): one is [string, string] => one[1] !== undefined),
  );
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    json: Record<string, unknown>;
    headers: NodeJS.Dict<string | string[]>;
  }>();
  const request = httpRequest(
    { port: control.port(), host: "127.0.0.1", method, path, headers: kept },
    (response) => {
      let text = "";
      response.on("data", (chunk) => (text += String(chunk)));
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          json: JSON.parse(text || "{}"),
          headers: response.headers,
        });
      });
    },
  );
  request.on("error", reject);
  request.end(body);
  return promise;
}
const post = (path: string, body: object = {}) => send({ path, body: JSON.stringify(body) });
const kinds = () => effects.map((effect) => effect.kind);

test("a call from its start to its end", async () => {
  const contact = { name: "Juan García", phone: "+34 600 111 222" };
  const start = await post("/call/start", { contact, direction: "outbound", externalId: "sip-1" });
  assert.equal(start.status, 201);
  assert.deepEqual(
    effects[0]?.kind === "send" && effects[0].thing.kind === "call-start" && effects[0].thing.body,
    {
      id: start.json["callId"],
      startedAt: "2026-11-22T14:30:25.000Z",
      direction: "outbound",
      contact,
      source: "softphone",
      externalId: "sip-1",
    },
  );
  assert.equal((await post("/call/hold")).status, 200);
  assert.equal((await post("/call/hold", { held: false })).status, 200);
  assert.equal((await post("/recording/pause")).status, 200);
  assert.equal((await send({ method: "GET", path: "/status" })).json["state"], "paused");
  assert.equal((await post("/recording/resume")).status, 200);
  const end = await post("/call/end", { outcome: "answered" });
  assert.deepEqual([end.status, end.json], [200, start.json]);
});

test("the same externalId is the same call, also after its end", async () => {
  const first = await post("/call/start", { externalId: "x" });
  const second = await post("/call/start", { externalId: "x" });
  assert.deepEqual([first.status, second.status, second.json], [201, 200, first.json]);
  assert.equal((await post("/call/end", { externalId: "x" })).status, 200);
  assert.equal((await post("/call/end", { externalId: "x" })).status, 200);
  assert.equal((await post("/call/start", { externalId: "x" })).status, 200);
  assert.equal(kinds().filter((kind) => kind === "record").length, 1);
});

test("what does not fit the moment is refused with what to do", async () => {
  for (const path of ["/call/end", "/call/hold", "/recording/pause", "/recording/resume"]) {
    const { status, json } = await post(path);
    assert.deepEqual([status, json["code"]], [409, "no_call"], path);
    assert.equal(typeof json["hint"], "string");
  }
  await post("/call/start");
  const again = await post("/call/start");
  assert.deepEqual([again.status, again.json["code"]], [409, "call_in_progress"]);
});

test("the status says nothing about the customer", async () => {
  await post("/call/start", {
    contact: { name: "Juan García", phone: "600111222" },
    externalId: "x",
  });
  const { json } = await send({ method: "GET", path: "/status" });
  assert.doesNotMatch(JSON.stringify(json), /Juan|600111222/);
  assert.equal((json["call"] as { externalId: string }).externalId, "x");
});

test("summon shows the panel", async () => {
  assert.equal((await post("/summon")).status, 202);
  assert.deepEqual(kinds(), ["show-panel"]);
});

const bad: [string, Sent, number, string][] = [
  [
    "no key",
    { path: "/call/start", body: "{}", headers: { authorization: undefined } },
    401,
    "not_signed_in",
  ],
  [
    "a wrong key",
    { path: "/call/start", body: "{}", headers: { authorization: "Bearer x" } },
    401,
    "not_signed_in",
  ],
  [
    "no key for the status",
    { method: "GET", path: "/status", headers: { authorization: undefined } },
    401,
    "not_signed_in",
  ],
  [
    "a rebound name",
    { path: "/call/start", body: "{}", headers: { host: "evil.example:5055" } },
    421,
    "misdirected",
  ],
  [
    "another port in Host",
    { path: "/call/start", body: "{}", headers: { host: "127.0.0.1:1" } },
    421,
    "misdirected",
  ],
  [
    "a foreign page",
    { path: "/call/start", body: "{}", headers: { origin: "https://evil.example" } },
    403,
    "wrong_origin",
  ],
  ["the origin null", { path: "/summon", body: "{}", headers: { origin: "null" } }, 403, "wrong_origin"],
  [
    "the server's page beyond pairing",
    { path: "/call/start", body: "{}", headers: { origin: SERVER } },
    403,
    "wrong_origin",
  ],
  [
    "an image on a page",
    { method: "GET", path: "/status", headers: { "sec-fetch-site": "cross-site" } },
    403,
    "wrong_origin",
  ],
  [
    "a form",
    { path: "/call/start", body: "a=b", headers: { "content-type": "text/plain" } },
    415,
    "unsupported_media_type",
  ],
  ["no type", { path: "/call/end", headers: { "content-type": undefined } }, 415, "unsupported_media_type"],
  ["no JSON", { path: "/call/start", body: "{" }, 400, "malformed"],
  ["no UTF-8", { path: "/call/start", body: Buffer.from([0x22, 0xff, 0x22]) }, 400, "malformed"],
  [
    "too much",
    { path: "/call/start", body: JSON.stringify({ externalId: "x".repeat(20_000) }) },
    413,
    "too_large",
  ],
  ["an array", { path: "/call/start", body: "[]" }, 422, "invalid"],
  ["a wrong direction", { path: "/call/start", body: '{"direction":"up"}' }, 422, "invalid"],
  ["letters as a phone", { path: "/call/start", body: '{"contact":{"phone":"call me"}}' }, 422, "invalid"],
  [
    "a name with a control character",
    { path: "/call/start", body: '{"contact":{"name":"a\\u0000b"}}' },
    422,
    "invalid",
  ],
  ["a wrong outcome", { path: "/call/end", body: '{"outcome":"great"}' }, 422, "invalid"],
  ["an unknown address", { path: "/recordings", body: "{}" }, 404, "not_found"],
];

for (const [name, sent, status, code] of bad) {
  test(`refused: ${name}`, async () => {
    const answer = await send(sent);
    assert.deepEqual([answer.status, answer.json["code"]], [status, code]);
    assert.match(String(answer.headers["content-type"]), /application\/problem\+json/);
    for (const field of ["type", "title", "detail", "hint"])
      assert.equal(typeof answer.json[field], "string", field);
    assert.deepEqual(effects, []);
  });
}

const fromPage = { authorization: undefined, origin: SERVER, "sec-fetch-site": "same-site" };
const pair = (code: string, headers: Sent["headers"] = fromPage) => {
  return send({ path: "/pair", body: JSON.stringify({ code }), headers });
};

test("the server's own page learns of the tray and pairs it with one click", async () => {
  const preflight = await send({
    method: "OPTIONS",
    path: "/pair",
    headers: {
      ...fromPage,
      "access-control-request-method": "POST",
      "access-control-request-private-network": "true",
    },
  });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers["access-control-allow-origin"], SERVER);
  assert.equal(preflight.headers["access-control-allow-private-network"], "true");
  const before = await send({ method: "GET", path: "/pair", headers: fromPage });
  assert.deepEqual(before.json, { paired: false, device: "PC-7" });
  const answer = await pair("K7M4-29QX");
  assert.deepEqual([answer.status, answer.json], [200, { paired: true, device: "PC-7" }]);
  assert.equal(answer.headers["access-control-allow-origin"], SERVER);
});

test("on this PC, localhost is the same server", async () => {
  assert.equal((await pair("K7M4-29QX", { ...fromPage, origin: "http://localhost:5000" })).status, 200);
});

test("a wrong code comes back in the server's words, readable by its page", async () => {
  const answer = await pair("AAAA-AAAA");
  assert.deepEqual(
    [answer.status, answer.json["code"], answer.json["hint"]],
    [422, "pairing_code_invalid", "Pide otro."],
  );
  assert.equal(answer.headers["access-control-allow-origin"], SERVER);
});

test("a paired tray changes hands only with its key", async () => {
  await pair("K7M4-29QX");
  assert.deepEqual(
    [(await pair("K7M4-29QX")).status, (await pair("K7M4-29QX")).json["code"]],
    [409, "already_paired"],
  );
  assert.equal((await pair("K7M4-29QX", {})).status, 200);
});

for (const origin of ["https://evil.example", "http://127.0.0.1:5001", "https://127.0.0.1:5000", "null"]) {
  test(`no pairing, and no preflight, for ${origin}`, async () => {
    const headers = { ...fromPage, origin };
    assert.equal((await pair("K7M4-29QX", headers)).status, 403);
    const preflight = await send({ method: "OPTIONS", path: "/pair", headers });
    assert.equal(preflight.status, 403);
    assert.equal(preflight.headers["access-control-allow-origin"], undefined);
    assert.equal(paired, false);
  });
}

test("an unexpected failure is a 500 without its inside", async () => {
  const { status, json } = await pair("BROKEN");
  assert.deepEqual([status, json["code"]], [500, "internal"]);
  assert.doesNotMatch(JSON.stringify(json), /disk full/);
  assert.match(log.join("\n"), /disk full/);
});

test(
  "the key lies in a file that only this user can read, and stays the same",
  { skip: process.platform === "win32" },
  async () => {
    assert.equal(statSync(tokenFile(data)).mode & 0o777, 0o600);
    assert.equal(Buffer.from(token, "base64url").length, 32);
  },
);

test("the command line asks the running tray", async () => {
  const where = { port: control.port(), data };
  const run = (...words: string[]) => ask(where, requestOf(words) ?? assert.fail(words.join(" ")));
  assert.equal(typeof ((await run("call", "start")) as { callId: string }).callId, "string");
  assert.equal(((await run("status")) as { state: string }).state, "oncall");
  await run("call", "end");
  await assert.rejects(run("call", "end"), /Empieza una antes/);
  assert.deepEqual(await run("pair", "K7M4-29QX"), { paired: true, device: "PC-7" });
  assert.equal(requestOf(["call", "me"]), null);
  assert.equal(requestOf(["pair"]), null);
  await assert.rejects(
    ask({ ...where, data: "/nowhere" }, { method: "GET", path: "/status" }),
    /Start it first/,
  );
});

test("the tray's own page: only with a ticket, and only pairing and looking", async () => {
  const page = await fetch(`http://127.0.0.1:${control.port()}/local`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  const ticket = new URL(control.pageUrl()).hash.slice(1);
  const own = { authorization: `Bearer ${ticket}`, "sec-fetch-site": "same-origin" };
  const looked = await send({ method: "GET", path: "/doctor", headers: own });
  assert.deepEqual((looked.json["findings"] as { name: string }[])[0]?.name, "Disco");
  assert.equal((await send({ path: "/call/start", headers: own })).status, 403, "no calls with it");
  const guessed = { ...own, authorization: "Bearer nothing" };
  assert.equal((await send({ method: "GET", path: "/doctor", headers: guessed })).status, 403);
  const evil = { ...own, origin: "http://evil.example" };
  assert.equal((await send({ path: "/pair", body: '{"code":"K7M4-29QX"}', headers: evil })).status, 403);
  const mine = { ...own, origin: `http://127.0.0.1:${control.port()}` };
  assert.equal((await send({ path: "/pair", body: '{"code":"K7M4-29QX"}', headers: mine })).status, 200);
});
