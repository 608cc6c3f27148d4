import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { fakeOllama, type Behaviour, type FakeOllama } from "../support/ollama.ts";
import { parted, raw, rawRequest, rawSocket, unchunked } from "../support/ollama/raw.ts";

const open: FakeOllama[] = [];
after(() => Promise.all(open.map((ollama) => ollama.close())));

async function fake(change: Partial<Behaviour> = {}): Promise<FakeOllama> {
  const ollama = await fakeOllama(change);
  open.push(ollama);
  return ollama;
}

const user = [{ role: "user", content: "Es muy caro" }];
const ask = (body: object, path = "/api/chat") => rawRequest("POST", path, JSON.stringify(body));
/** Instants and durations differ from run to run; everything else is compared byte by byte. */
const steady = (text: string) =>
  text
    .replace(/"created_at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z"/g, '"created_at":T')
    .replace(/_duration":[1-9]\d*/g, '_duration":N')
    .replace(/^Date: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\r$/m, "Date: D\r");
const jsonHead = (status: string, length: number, type = "application/json; charset=utf-8") =>
  `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nDate: D\r\nContent-Length: ${length}\r\n\r\n`;
const piece = (message: string, rest = '"done":false') =>
  `{"model":"llama3","created_at":T,"message":{"role":"assistant",${message}},${rest}}\n`;
const METRICS =
  '"done":true,"done_reason":"stop","total_duration":N,"load_duration":N,"prompt_eval_count":5,"prompt_eval_duration":N,"eval_count":2,"eval_duration":N';

describe("the fake Ollama, byte by byte", () => {
  test("rows 1, 2, 3: a stream of JSON lines, Go's escapes, the last line with its figures", async () => {
    const ollama = await fake({ reply: ["¿Señor", " <b>&\u2028"] });
    const answer = await raw(ollama.port, ask({ model: "llama3", messages: user }));
    assert.equal(
      steady(answer.head),
      "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nDate: D\r\nTransfer-Encoding: chunked\r\n\r\n",
    );
    assert.equal(
      steady(unchunked(answer.bytes)),
      piece('"content":"¿Señor"') +
        piece('"content":" \\u003cb\\u003e\\u0026\\u2028"') +
        piece('"content":""', METRICS),
    );
    assert.deepEqual(ollama.faults, []);
  });

  test("row 2: a character may come in two reads", async () => {
    const ollama = await fake({ reply: ["ñandú"], cutCharacters: true });
    const { socket, reads, received } = await rawSocket(ollama.port);
    socket.write(ask({ model: "llama3", messages: user }));
    await eventually("the end", () => received().endsWith("0\r\n\r\n"));
    socket.destroy();
    assert.ok(reads().some((read) => read.toString("utf8").includes("\uFFFD")));
    assert.match(unchunked(parted(Buffer.concat(reads())).bytes), /ñandú/);
  });

  test("row 4: a thinking model thinks unless told not to, on both routes", async () => {
    const ollama = await fake({
      models: [{ name: "qwen3", thinking: true }],
      thoughts: ["duda"],
      reply: ["Sí"],
    });
    const thinking = await raw(ollama.port, ask({ model: "qwen3", messages: user }));
    assert.match(
      thinking.body,
      /"message":\{"role":"assistant","content":"","thinking":"duda"\},"done":false/,
    );
    const quiet = await raw(ollama.port, ask({ model: "qwen3", messages: user, think: false }));
    assert.doesNotMatch(quiet.body, /thinking/);
    const generated = await raw(ollama.port, ask({ model: "qwen3", prompt: "Hola" }, "/api/generate"));
    assert.match(generated.body, /"response":"","thinking":"duda","done":false/);
    assert.match(generated.body, /"response":"Sí","done":false/);
  });

  test("row 5: no status line before the first token", async () => {
    const ollama = await fake({ failure: { kind: "silence", after: 0 } });
    const { socket, received } = await rawSocket(ollama.port);
    socket.write(ask({ model: "llama3", messages: user }));
    await eventually("the slot", () => ollama.running() === 1);
    assert.equal(received(), "");
    socket.destroy();
    await eventually("the slot free again", () => ollama.running() === 0);
  });

  test("rows 6, 7: load and unload are single objects", async () => {
    const ollama = await fake();
    for (const [more, reason] of [
      [{}, "load"],
      [{ stream: true }, "load"],
      [{ keep_alive: 0 }, "unload"],
    ] as const) {
      const answer = await raw(ollama.port, ask({ model: "llama3", messages: [], ...more }));
      assert.equal(
        steady(answer.body),
        piece('"content":""', `"done":true,"done_reason":"${reason}"`).trim(),
      );
      assert.match(answer.head, /Content-Type: application\/json; charset=utf-8\r\n/);
    }
  });

  for (const [what, body, status, error] of [
    ["row 8: no such model", { model: "zzz", messages: user }, "404 Not Found", "model 'zzz' not found"],
    ["row 9: no model", { messages: user }, "400 Bad Request", "model is required"],
    [
      "row 9: cannot think",
      { model: "llama3", messages: user, think: true },
      "400 Bad Request",
      '"llama3" does not support thinking',
    ],
    [
      "row 9: keep_alive without a unit",
      { model: "llama3", keep_alive: "-1" },
      "400 Bad Request",
      'time: missing unit in duration "-1"',
    ],
    [
      "row 10: an option of another type",
      { model: "llama3", messages: user, options: { num_ctx: "big" } },
      "500 Internal Server Error",
      'option "num_ctx" must be of type integer',
    ],
  ] as const)
    test(what, async () => {
      const ollama = await fake();
      const answer = await raw(ollama.port, ask(body));
      const json = JSON.stringify({ error });
      assert.equal(steady(answer.text), jsonHead(status, Buffer.byteLength(json)) + json);
    });

  test("row 9: no body; keep_alive -1 and -1m are fine, an unknown option too", async () => {
    const ollama = await fake();
    const empty = await raw(ollama.port, rawRequest("POST", "/api/chat", ""));
    assert.equal(empty.body, '{"error":"missing request body"}');
    for (const keep_alive of [-1, "-1m"]) {
      const answer = await raw(
        ollama.port,
        ask({ model: "llama3", messages: user, keep_alive, options: { nonsense: 1 } }),
      );
      assert.match(answer.head, /^HTTP\/1\.1 200 OK/);
    }
    const loaded = JSON.parse((await raw(ollama.port, rawRequest("GET", "/api/ps"))).body) as {
      models: { expires_at: string }[];
    };
    assert.match(loaded.models[0]!.expires_at, /^23/);
  });

  test("rows 11, 12: 503 while the model is not loaded and the line is full, 499 for who left it", async () => {
    const ollama = await fake({ maxQueue: 1, loadMs: 200 });
    const load = () => raw(ollama.port, ask({ model: "llama3", messages: user }));
    const first = load();
    await eventually("the load", () => ollama.waiting() === 1);
    const { socket, received } = await rawSocket(ollama.port);
    socket.end(ask({ model: "llama3", messages: user }));
    await eventually("the line", () => ollama.waiting() === 2);
    const refused = await load();
    assert.match(refused.head, /^HTTP\/1\.1 503 Service Unavailable\r\n/);
    assert.equal(
      refused.body,
      '{"error":"server busy, please try again.  maximum pending requests exceeded"}',
    );
    assert.match((await first).head, /^HTTP\/1\.1 200 OK/);
    await eventually("the 499", () => received().includes("}"));
    assert.match(received(), /^HTTP\/1\.1 499 status code 499\r\n[^]*\{"error":"request canceled"\}$/);
  });

  test("row 13: an error before the first token has a status and no charset", async () => {
    const ollama = await fake({
      failure: { kind: "error", after: 0, error: "llama runner process has terminated" },
    });
    const answer = await raw(ollama.port, ask({ model: "llama3", messages: user }));
    const json = '{"error":"llama runner process has terminated"}';
    assert.equal(
      steady(answer.text),
      jsonHead("500 Internal Server Error", json.length, "application/json") + json,
    );
  });

  test("row 14: mid-stream error, end without done, reset", async () => {
    const ollama = await fake({ failure: { kind: "error", after: 1, error: "boom" } });
    const request = ask({ model: "llama3", messages: user });
    assert.match(unchunked((await raw(ollama.port, request)).bytes), /"done":false\}\n\{"error":"boom"\}\n$/);
    ollama.set({ failure: { kind: "truncated", after: 1 } });
    assert.match(unchunked((await raw(ollama.port, request)).bytes), /"done":false\}\n$/);
    ollama.set({ failure: { kind: "reset", after: 1 } });
    assert.doesNotMatch((await raw(ollama.port, request)).body, /\r\n0\r\n/);
  });

  test("rows 15, 16: slots run, others wait silently and leave the line when they hang up", async () => {
    const ollama = await fake({ slots: 1, failure: { kind: "silence", after: 1 } });
    const first = await rawSocket(ollama.port);
    first.socket.write(ask({ model: "llama3", messages: user }));
    await eventually("the first on its slot", () => ollama.running() === 1);
    const second = await rawSocket(ollama.port);
    second.socket.write(ask({ model: "llama3", messages: user }));
    await eventually("the second in line", () => ollama.waiting() === 1);
    assert.equal(second.received(), "");
    second.socket.destroy();
    await eventually("nobody in line", () => ollama.waiting() === 0);
    first.socket.destroy();
    await eventually("a free slot", () => ollama.running() === 0);
    assert.deepEqual(
      ollama.asked.map(({ outcome, tokens }) => [outcome, tokens]),
      [
        ["left", 1],
        ["left", 0],
      ],
    );
  });

  test("rows 16, 17: the prefix cache lives until the runner's options change", async () => {
    const ollama = await fake();
    const system = { role: "system", content: "Eres copiloto de un agente de ventas. ".repeat(10) };
    const cached = async (options: object) => {
      await raw(ollama.port, ask({ model: "llama3", messages: [system, ...user], options }));
      return ollama.asked.at(-1)!.cachedTokens!;
    };
    assert.equal(await cached({}), 0);
    assert.ok((await cached({ temperature: 0.3 })) > 90);
    assert.equal(await cached({ num_ctx: 2048 }), 0);
  });

  test("rows 18, 19: what is on the disk, what is loaded", async () => {
    const ollama = await fake();
    const tags = await raw(ollama.port, rawRequest("GET", "/api/tags"));
    assert.match(
      tags.body,
      /^\{"models":\[\{"name":"llama3:latest","model":"llama3:latest","modified_at":"[^"]+Z","size":4661224676,"digest":"[0-9a-f]{64}","details":\{"parent_model":"","format":"gguf","family":"llama","families":\["llama"\],"parameter_size":"8\.0B","quantization_level":"Q4_0"\},"capabilities":\["completion","tools"\]\}\]\}$/,
    );
    assert.equal((await raw(ollama.port, rawRequest("GET", "/api/ps"))).body, '{"models":[]}');
    await raw(ollama.port, ask({ model: "llama3", messages: [] }));
    assert.match(
      (await raw(ollama.port, rawRequest("GET", "/api/ps"))).body,
      /"expires_at":"[^"]+Z","size_vram":4661224676,"context_length":4096\}\]\}$/,
    );
  });

  test("row 20: a pull reports its layers, is shared, stops with its socket and resumes", async () => {
    const ollama = await fake({ pullTickMs: 2 });
    const pull = (name: string) => raw(ollama.port, ask({ name }, "/api/pull"));
    const unknown = await pull("zzz");
    assert.match(unknown.head, /^HTTP\/1\.1 200 OK/);
    assert.match(unchunked(unknown.bytes), /\{"error":"pull model manifest: file does not exist"\}\n$/);

    ollama.set({ pullTickMs: 30 });
    const { socket, received } = await rawSocket(ollama.port);
    socket.write(ask({ model: "mistral" }, "/api/pull"));
    await eventually("some progress", () => received().includes('"completed":1000'));
    socket.destroy();
    await eventually("it left", () => ollama.asked.at(-1)!.outcome === "left");
    ollama.set({ pullTickMs: 2 });
    const lines = unchunked((await pull("mistral")).bytes)
      .trimEnd()
      .split("\n");
    assert.equal(lines[0], '{"status":"pulling manifest"}');
    assert.match(
      lines[1]!,
      /^\{"status":"pulling [0-9a-f]{12}","digest":"sha256:[0-9a-f]{64}","total":4000,"completed":[1-4]000\}$/,
    );
    assert.deepEqual(lines.slice(-3), [
      '{"status":"verifying sha256 digest"}',
      '{"status":"writing manifest"}',
      '{"status":"success"}',
    ]);
    assert.match((await raw(ollama.port, rawRequest("GET", "/api/tags"))).body, /"mistral:latest"/);
  });

  test("row 21: root, version, unknown paths, foreign hosts and pages", async () => {
    const ollama = await fake();
    const get = (path: string, headers = {}) => raw(ollama.port, rawRequest("GET", path, undefined, headers));
    assert.equal((await get("/")).body, "Ollama is running");
    assert.equal((await get("/api/version")).body, '{"version":"0.32.15"}');
    const missing = await get("/nope");
    assert.equal(steady(missing.text), `${jsonHead("404 Not Found", 18, "text/plain")}404 page not found`);
    assert.match((await get("/", { Host: "ollama.example.com" })).head, /^HTTP\/1\.1 403 Forbidden/);
    assert.match((await get("/", { Host: "box.local:11434" })).head, /^HTTP\/1\.1 200/);
    assert.match((await get("/", { Origin: "https://evil.example" })).head, /^HTTP\/1\.1 403 Forbidden/);
    assert.match(
      (await get("/", { Origin: "http://localhost:5000" })).head,
      /Access-Control-Allow-Origin: http:\/\/localhost:5000/,
    );
  });

  test("row 22: embeddings of length 1", async () => {
    const ollama = await fake();
    const { body } = await raw(
      ollama.port,
      ask({ model: "llama3", input: ["caro", "barato"] }, "/api/embed"),
    );
    const { model, embeddings, ...rest } = JSON.parse(body) as { model: string; embeddings: number[][] };
    assert.equal(model, "llama3");
    assert.deepEqual(
      embeddings.map((vector) => Math.hypot(...vector).toFixed(6)),
      ["1.000000", "1.000000"],
    );
    assert.deepEqual(Object.keys(rest), ["total_duration", "load_duration", "prompt_eval_count"]);
  });

  test("it can refuse connections and come back on the same port", async () => {
    const ollama = await fake();
    await ollama.refuse();
    await assert.rejects(fetch(ollama.url));
    await ollama.accept();
    assert.equal(await (await fetch(ollama.url)).text(), "Ollama is running");
  });
});
