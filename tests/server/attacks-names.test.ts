import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { test } from "node:test";
import { serveStatic } from "@hono/node-server/serve-static";
import ExcelJS from "exceljs";
import fc from "fast-check";
import { z } from "zod";
import { endpoints, recordingPath, type Job, type Recording } from "#contract";
import { folderStore } from "../../server/recordings/folder.ts";
import { eventually } from "../support/eventually.ts";
import { fakeOllama } from "../support/ollama.ts";
import { EVIL_NAMES, plain, recorded, SPLITTING } from "../support/hostile.ts";
import { answer, ORIGIN, PASSWORD, testServer } from "../support/server.ts";
import { zipNames } from "../support/zip.ts";

test("path traversal: names, ids and addresses stay inside their folder", async (t) => {
  const around = await mkdtemp(join(tmpdir(), "callmanager-pages-"));
  const root = join(around, "dist");
  await mkdir(join(root, "mobile"), { recursive: true });
  await mkdir(join(root, "assets"));
  await writeFile(join(root, "mobile", "index.html"), "<p>board");
  for (const secret of ["secret.txt", "secret.txt.br", ".env"])
    await writeFile(join(around, secret), "SECRET");
  const server = await testServer({ files: serveStatic({ root, precompressed: true }) });
  t.after(async () => {
    await server.close();
    await rm(around, { recursive: true, force: true });
  });

  // file names: of any agent and any contact
  for (const name of EVIL_NAMES) await recorded(await server.device({ name }), name, server.now());
  const admin = await server.browser("admin");
  const { items } = (await answer<{ items: Recording[] }>(admin.request("GET", "/api/recordings?limit=200")))
    .body;
  assert.equal(items.length, EVIL_NAMES.length);
  const folder = server.deps.config.RECORDINGS_URL.replace(/^file:/, "");
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(folder.length + 1), entry.name));
  for (const { file } of items) {
    assert.ok(files.includes(file), `${file} is where it says`);
    assert.equal(file.split("/").length, 3);
    file.split("/").forEach(plain);
  }
  assert.equal(files.length, 2 * items.length, "each with its sidecar, and nothing else");
  const anyName = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...EVIL_NAMES));
  fc.assert(
    fc.property(anyName, fc.option(anyName), fc.option(anyName), (agent, contact, phone) => {
      const path = recordingPath({ agent, contact, phone, number: 1, startedAt: "20251122_143025" });
      assert.equal(path.split("/").length, 3);
      path.split("/").forEach(plain);
    }),
  );
  // the store looks itself, whoever calls it
  const store = folderStore(folder);
  for (const file of ["../secret.txt", "/etc/passwd", "a/../../secret.txt", ".."])
    await assert.rejects(store.read(file), { code: "not_found" });

  // ids
  for (const id of ["..%2f..%2fsecret.txt", "%2e%2e%2fsecret.txt", "..%5c..%5csecret.txt", "%00"])
    for (const path of [
      `/api/recordings/${id}/audio`,
      `/api/calls/${id}`,
      `/api/playbooks/${id}/export?format=yaml`,
    ])
      assert.equal((await admin.request("GET", path)).status, 422, path);

  // pages: exactly as they arrive, for a Request tidies an address up
  assert.equal((await server.anonymous.request("GET", "/mobile")).status, 200);
  for (const path of [
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets/..%5c..%5csecret.txt",
    "/assets/....//secret.txt",
    "/..%252fsecret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "//secret.txt",
    "/../.env",
    "/mobile/%00",
    `${around}/secret.txt`,
  ]) {
    const request = new Request(ORIGIN, { headers: { "accept-encoding": "br" } });
    Object.defineProperty(request, "url", { value: ORIGIN + path });
    const got = await server.app.fetch(request);
    assert.ok(got.status === 404 || got.status === 400, `${path} → ${got.status}`);
    assert.doesNotMatch(await got.text(), /SECRET/, path);
  }
  assert.deepEqual(server.errors, []);
});

test("names in ZIP and XLSX files: entries and sheets have names of our own, cells hold text", async (t) => {
  const server = await testServer();
  t.after(() => server.close());
  const admin = await server.browser("admin");
  const phone = "+34600111222";
  for (const name of EVIL_NAMES) {
    const device = await server.device({ name, team: `${name.slice(0, 50)}/*?:[]` });
    const callId = await recorded(device, name, server.now(), phone);
    await device.request("POST", "/api/contacts", { id: server.deps.newId(), name, notes: name });
    const clip = { id: server.deps.newId(), title: name, fromMs: 0, toMs: 1000 };
    assert.equal((await admin.request("POST", `/api/recordings/${callId}/clips`, clip)).status, 201, name);
  }
  /** A file that a job makes. */
  const made = async (path: string, body: object): Promise<string> => {
    const { id } = (await answer<Job>(admin.request("POST", path, body))).body;
    await eventually(path, async () => {
      const { state } = (await answer<Job>(admin.request("GET", `/api/jobs/${id}`))).body;
      assert.notEqual(state, "failed", path);
      return state === "done";
    });
    return `/api/jobs/${id}/file`;
  };
  // everything that is made of entries
  const books = ["/api/exports/calls.xlsx", "/api/contacts/file?format=xlsx"];
  const zips = [
    await made("/api/recordings/zip", { filter: {} }),
    await made("/api/persons/export", { phone }),
  ];
  for (const path of [...books, ...zips]) {
    const got = await admin.request("GET", path);
    assert.equal(got.status, 200);
    const disposition = got.headers.get("content-disposition") ?? "";
    assert.match(disposition, /^attachment; filename="[\w.-]+"(; filename\*=UTF-8''[\w.%-]+)?$/, path);
    const bytes = await got.arrayBuffer();
    const names = zipNames(new Uint8Array(bytes));
    assert.ok(names.length > 0);
    assert.equal(new Set(names).size, names.length, "no entry hides another");
    for (const name of names)
      name
        .split("/")
        .filter(Boolean)
        .forEach((part) => plain(books.includes(path) ? part.replace(/^\[|^[._]/, "") : part));
    for (const name of names) assert.doesNotMatch(name, /^[/\\]|(^|\/)\.\.(\/|$)|\\|:/, path);
    if (zips.includes(path)) {
      assert.ok(
        names.some((name) => name.endsWith(".wav")),
        `${path} has the sound`,
      );
      continue;
    }

    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes);
    for (const { name } of book.worksheets) assert.match(name, /^[^[\]:*?/\\\p{Cc}']{1,31}$/u);
    let found = 0;
    book.eachSheet((sheet) =>
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          assert.notEqual(cell.type, ExcelJS.ValueType.Formula, `${sheet.name} ${cell.address}`);
          if (cell.value === "=cmd|' /C calc'!A0") found++;
        }),
      ),
    );
    assert.ok(found > 0, "what looks like a formula is there, as a text");
  }
});

test("header injection: no name and no parameter ends a header", async (t) => {
  const server = await testServer();
  t.after(() => server.close());
  const admin = await server.browser("admin");
  // through the API it does not come in at all
  const person = { email: "e@example.com", password: PASSWORD, role: "agent", team: "Norte", site: "Madrid" };
  for (const [path, body] of [
    ["/api/users", { ...person, name: SPLITTING }],
    ["/api/contacts", { id: server.deps.newId(), name: SPLITTING }],
    ["/api/dispositions", { campaign: SPLITTING, items: [] }],
  ] as const)
    assert.equal(
      (await admin.request(path.endsWith("s") && path.includes("disp") ? "PUT" : "POST", path, body)).status,
      422,
    );

  for (const name of [SPLITTING, ...EVIL_NAMES]) {
    const device = await server.device({ name });
    const contact = name === SPLITTING ? "Juan" : name;
    const id = await recorded(device, contact, server.now());
    const { headers } = await admin.request("GET", `/api/recordings/${id}/audio?download=1`);
    // RFC 8187: nothing but its characters and percent-encoded ones
    assert.match(
      headers.get("content-disposition") ?? "",
      /^attachment; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/,
      name,
    );
    assert.equal(headers.get("set-cookie"), null);
    plain(decodeURIComponent(headers.get("content-disposition")?.split("''")[1] ?? ""));
  }
  for (const path of [
    "/api/exports/calls.xlsx?from=2026-01-01%0d%0aset-cookie:%20a=b",
    "/api/playbooks/x%0d%0aset-cookie:%20a=b/export?format=yaml",
    "/api/contacts/file?format=csv%0d%0aset-cookie:%20a=b",
    "/assist?ticket=%0d%0aset-cookie:%20a=b",
    "/%0d%0aset-cookie:%20a=b",
  ]) {
    const got = await admin.request("GET", path);
    assert.ok(got.status >= 400 && got.status < 500, `${path} → ${got.status}`);
    assert.equal(got.headers.get("set-cookie"), null);
  }
  assert.deepEqual(server.errors, []);
});

test("SSRF: no setting is an address, and a model's name leads Ollama to its own library alone", async (t) => {
  const ollama = await fakeOllama({ models: ["llama3", "hf.example/somebody/llama3"] });
  const server = await testServer({ env: { OLLAMA_URL: ollama.url } });
  t.after(async () => {
    await server.close();
    await ollama.close();
  });
  // addresses come from the environment of whoever runs the server; nothing that is sent is one
  const fields = endpoints.flatMap(({ method, path, query, body }) =>
    [query, body]
      .filter((type) => typeof type === "object")
      .flatMap((type) => {
        const schema = z.toJSONSchema(type, { io: "input", unrepresentable: "any" });
        return [
          ...JSON.stringify(schema).matchAll(
            /"(\w*(?:url|uri|host|address|endpoint|webhook|callback)\w*)":\{|"format":"(ur[il])"/gi,
          ),
        ].map(([, name, format]) => `${method} ${path} ${name ?? format}`);
      }),
  );
  const instants = fields.filter((field) => !/ callback(At|Done)$/.test(field));
  assert.deepEqual(
    instants,
    [],
    "what the server connects to must not come from a request: see server/config.ts",
  );

  const admin = await server.browser("admin");
  const pull = async (model: string) => (await admin.request("POST", "/api/copilot/pulls", { model })).status;
  for (const model of [
    "http://169.254.169.254/latest/meta-data",
    "https://evil.example/x",
    "//evil.example/x/y",
    "169.254.169.254/latest/meta-data",
    "evil.example/x/y:latest",
    "localhost/x/y",
    "127.0.0.1:5000/x/y",
    "[::1]/x/y",
    "../../x",
    "x/../../y",
    "x@evil.example/y",
    "x?y=z",
    "x#y",
    "x\r\nHost: evil.example",
    "file:///etc/passwd",
  ])
    assert.equal(await pull(model), 422, model);
  assert.deepEqual(
    ollama.asked.filter(({ path }) => path === "/api/pull"),
    [],
  );
  assert.equal(await pull("mistral"), 201);
  assert.equal(await pull("somebody/mistral:7b"), 201);
  // one that its people fetched themselves can be used
  const model = "hf.example/somebody/llama3";
  assert.equal((await admin.request("PUT", "/api/copilot/model", { model })).status, 200);
});
