import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { readConfig } from "../../tray/config.ts";
import { models, type ModelsOptions } from "../../tray/ears/command.ts";
import { isVerified, manifest, modelEntry } from "../../tray/ears/manifest.ts";
import { Shelf } from "../../tray/ears/shelf.ts";
import { FIXTURE } from "../support/speech.ts";

const ID = "stt-es-espeak";
const MODEL = readFileSync(join(FIXTURE, "model.onnx"));
const described = modelEntry.parse(JSON.parse(readFileSync(join(FIXTURE, "model.json"), "utf8")));
const ACCEPTED = ["--accept-licence"];

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "models-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A company's mirror with the toy model, ranges included; `first` may answer instead, once it returns true. */
async function mirror(t: TestContext, first: Answer = () => false) {
  const asked: string[] = [];
  const http = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push(`${path} ${request.headers.range ?? ""}`.trim());
    if (first(request, response)) return;
    const file = join(FIXTURE, path.replace(`/${ID}/`, ""));
    if (!path.startsWith(`/${ID}/`) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const bytes = readFileSync(file);
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (start >= bytes.length) {
      response.writeHead(416).end();
      return;
    }
    const range = { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(start > 0 ? 206 : 200, {
      "content-length": bytes.length - start,
      ...(start > 0 && range),
    });
    response.end(bytes.subarray(start));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  t.after(() => http.close());
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, asked };
}

/** The command on a PC of its own: what it prints, and what is there afterwards. */
function pc(t: TestContext, options: Partial<ModelsOptions> & { language?: string } = {}) {
  const data = folder(t);
  const { language = "es", ...rest } = options;
  const config = readConfig({ TRAY_DATA: data, LANGUAGE: language });
  const lines: string[] = [];
  const progress: string[] = [];
  const output = {
    say: (line: string) => void lines.push(line),
    progress: (line: string) => void progress.push(line),
  };
  return {
    lines,
    progress,
    incoming: join(data, "models", ".incoming", ID),
    shelf: new Shelf(data),
    run: (...args: string[]) => models(args, { config, output, ...rest }),
    /** Nothing of it may count as a model. */
    assertNothing: () => {
      assert.deepEqual(new Shelf(data).installed(), []);
      assert.equal(new Shelf(data).modelFor("es"), null);
      assert.deepEqual(
        readdirSync(join(data, "models")).filter((name) => name !== ".incoming"),
        [],
      );
    },
  };
}

test("the manifest: every entry is whole, names its licence, and invents no digest", () => {
  for (const entry of manifest) {
    assert.deepEqual(modelEntry.parse(entry), entry);
    assert.ok(entry.attribution && entry.files.every(({ url }) => url?.startsWith("https://")));
    if (!isVerified(entry)) assert.match(entry.remarks, /unverified/);
  }
  assert.deepEqual(
    manifest.filter(isVerified).map(({ id }) => id),
    ["parakeet-v3"],
  );
});

test("a model is pulled from a mirror with its progress, tried, listed and removed", async (t) => {
  const { url } = await mirror(t);
  const { lines, progress, run, shelf } = pc(t);
  assert.equal(await run("pull", ID, "--mirror", url, ...ACCEPTED), true);
  assert.match(lines.join("\n"), /Licencia: MIT[\s\S]*instalado y probado: 0\.\d+ s/);
  assert.match(progress.at(-1) ?? "", /^100 % 1\.6 \/ 1\.6 MB · tokens\.txt$/);
  const model = shelf.modelFor("es");
  assert.equal(readFileSync(join(model?.folder ?? "", "model.onnx")).equals(MODEL), true);
  assert.deepEqual(shelf.installed()[0]?.unverified, []);
  lines.length = 0;
  assert.equal(await run("list"), true);
  assert.match(lines[0] ?? "", /^● stt-es-espeak · es .* MIT · instalado/);
  assert.equal(lines.length, 1 + manifest.length);
  assert.equal(await run("remove", ID), true);
  assert.deepEqual(shelf.installed(), []);
  assert.equal(await run("remove", ID), false);
});

test("without the licence accepted nothing is fetched", async (t) => {
  const { url, asked } = await mirror(t);
  const { assertNothing, lines, run } = pc(t);
  assert.equal(await run("pull", ID, "--mirror", url), false);
  assert.match(lines.at(-1) ?? "", /licencia MIT, que no se ha aceptado/);
  assert.deepEqual(asked, [`/${ID}/model.json`]);
  assertNothing();
});

test("a wrong digest: said, deleted, and fetched anew the next time", async (t) => {
  let bad = true;
  const { url } = await mirror(t, ({ url: path }, response) => {
    if (!bad || !path?.endsWith("model.onnx")) return false;
    const other = Buffer.from(MODEL);
    other[1_000] = 255 - (other[1_000] ?? 0);
    response.writeHead(200, { "content-length": other.length }).end(other);
    return true;
  });
  const { assertNothing, incoming, lines, run, shelf } = pc(t, { language: "en" });
  assert.equal(await run("pull", ID, "--mirror", url, ...ACCEPTED), false);
  assert.match(lines.at(-1) ?? "", /model\.onnx is not what it must be: its SHA-256 is another one/);
  assert.deepEqual(readdirSync(incoming), []);
  assertNothing();
  bad = false;
  assert.equal(await run("pull", ID, "--mirror", url, ...ACCEPTED), true);
  assert.equal(shelf.installed().length, 1);
});

test("a line that breaks off: said, and the next try asks only for the rest", async (t) => {
  const half = 700_000;
  let cuts = 1;
  const { url, asked } = await mirror(t, ({ url: path }, response) => {
    if (!path?.endsWith("model.onnx") || cuts-- <= 0) return false;
    response.writeHead(200, { "content-length": MODEL.length });
    response.write(MODEL.subarray(0, half), () => response.destroy());
    return true;
  });
  const { assertNothing, incoming, lines, run, shelf } = pc(t);
  assert.equal(await run("pull", ID, "--mirror", url, ...ACCEPTED), false);
  assert.match(lines.at(-1) ?? "", /model\.onnx se ha cortado a medias\. Repite: sigue donde se quedó/);
  assertNothing();
  const kept = readFileSync(join(incoming, "model.onnx.part")).length;
  assert.ok(kept > 0 && kept <= half);
  assert.equal(await run("pull", ID, "--mirror", url, ...ACCEPTED), true);
  assert.ok(asked.includes(`/${ID}/model.onnx bytes=${kept}-`), asked.join("\n"));
  assert.equal(shelf.installed().length, 1);
});

test("a server without ranges, and a part that is longer than the file, start from the beginning", async (t) => {
  const { url } = await mirror(t, ({ url: path }, response) => {
    if (!path?.endsWith("model.onnx")) return false;
    response.writeHead(200, { "content-length": MODEL.length }).end(MODEL);
    return true;
  });
  const { incoming, run, shelf } = pc(t);
  shelf.incoming(ID);
  writeFileSync(join(incoming, "model.onnx.part"), "rubbish");
  writeFileSync(join(incoming, "tokens.txt.part"), "x".repeat(500));
  assert.equal(await run("pull", ID, "--mirror", url, ...ACCEPTED), true);
  assert.equal(shelf.installed().length, 1);
});

test("404, a refusal, and nobody there: each its own line, nothing half-installed", async (t) => {
  const { url } = await mirror(t, ({ url: path }, response) => {
    if (path?.endsWith("tokens.txt")) return Boolean(response.writeHead(404).end());
    return path?.endsWith("model.onnx") === true && Boolean(response.writeHead(503).end());
  });
  const one = pc(t);
  assert.equal(await one.run("pull", ID, "--mirror", url, ...ACCEPTED), false);
  assert.match(one.lines.at(-1) ?? "", /no da model\.onnx \(estado 503\)/);
  one.assertNothing();
  const own = folder(t);
  const missing = { ...described, files: described.files.toReversed() };
  writeFileSync(join(own, "model.json"), JSON.stringify(missing));
  const two = pc(t);
  assert.equal(await two.run("import", own, ...ACCEPTED), false);
  assert.match(two.lines.at(-1) ?? "", /tokens\.txt no está ahí/);
  two.assertNothing();
  const three = pc(t);
  assert.equal(await three.run("pull", ID, "--mirror", "http://127.0.0.1:9", ...ACCEPTED), false);
  assert.match(three.lines.at(-1) ?? "", /el espejo no lo describe/);
  assert.equal(await three.run("pull", "parakeet-v3", "--mirror", "http://127.0.0.1:9", ...ACCEPTED), false);
  assert.match(three.lines.at(-1) ?? "", /127\.0\.0\.1:9 no responde/);
  three.assertNothing();
});

test("no room: said before anything is fetched, what has come already counted", async (t) => {
  const { url, asked } = await mirror(t);
  const { assertNothing, lines, run } = pc(t, { free: async () => 400_000_000 });
  assert.equal(await run("pull", ID, "--mirror", url, ...ACCEPTED), false);
  assert.match(lines.at(-1) ?? "", /No hay sitio: hacen falta \d+ MB y hay 400 MB libres/);
  assert.deepEqual(asked, [`/${ID}/model.json`]);
  assertNothing();
});

test("a file that is whole and no model is tried before it counts, and goes", async (t) => {
  const own = folder(t);
  cpSync(FIXTURE, own, { recursive: true });
  const rubbish = Buffer.from("this is no model".repeat(1_000));
  writeFileSync(join(own, "model.onnx"), rubbish);
  const files = described.files.map((file) =>
    file.part === "model"
      ? { ...file, bytes: rubbish.length, sha256: createHash("sha256").update(rubbish).digest("hex") }
      : file,
  );
  writeFileSync(join(own, "model.json"), JSON.stringify({ ...described, files }));
  const { assertNothing, incoming, lines, run } = pc(t);
  assert.equal(await run("import", own, ...ACCEPTED), false);
  assert.match(lines.at(-1) ?? "", /ha llegado entero, pero no se puede cargar/);
  assert.equal(existsSync(incoming), false);
  assertNothing();
});

test("what nobody knows the digest of must be accepted too, and its digest is said", async (t) => {
  const own = folder(t);
  cpSync(FIXTURE, own, { recursive: true });
  const files = described.files.map((file) => ({ ...file, bytes: null, sha256: null }));
  writeFileSync(join(own, "model.json"), JSON.stringify({ ...described, files }));
  const { lines, run, shelf } = pc(t);
  assert.equal(await run("import", own, ...ACCEPTED), false);
  assert.match(lines.at(-1) ?? "", /--accept-unverified/);
  assert.equal(await run("import", own, ...ACCEPTED, "--accept-unverified"), true);
  assert.match(
    lines.join("\n"),
    /model\.onnx no tenía resumen conocido; el de lo que ha llegado es ade4b73a/,
  );
  assert.deepEqual(shelf.installed()[0]?.unverified, ["model.onnx", "tokens.txt"]);
});

test("an installed model whose file is cut is none, and an import mends it", async (t) => {
  const { run, shelf } = pc(t);
  assert.equal(await run("import", FIXTURE, ...ACCEPTED), true);
  writeFileSync(join(shelf.folderOf(ID), "model.onnx"), MODEL.subarray(0, 1_000));
  assert.equal(shelf.modelFor("es"), null);
  assert.equal(await run("import", FIXTURE, ...ACCEPTED), true);
  assert.equal(shelf.modelFor("es")?.id, ID);
  assert.equal(shelf.modelFor("en"), null);
  assert.equal(shelf.modelFor("es", "another"), null);
});

test("what is not known says what there is", async (t) => {
  const { lines, run } = pc(t, { language: "en" });
  assert.equal(await run("pull", "whisper"), false);
  assert.match(lines.at(-1) ?? "", /«whisper» is not known. There are: es-kroko, parakeet-v3, en-zipformer/);
  assert.equal(await run("import", folder(t)), false);
  assert.match(lines.at(-1) ?? "", /There is no known model in/);
  assert.equal(await run("pull", "../x", "--mirror", "http://127.0.0.1:9"), false);
  assert.equal(await run("list", "--loud"), false);
  assert.match(lines.at(-1) ?? "", /^Usage/);
});
