import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { fakeOllama, type FakeOllama } from "../support/ollama.ts";

const COMMAND = fileURLToPath(new URL("../../server/commands/copilot.ts", import.meta.url));

describe("the copilot from a terminal", () => {
  let ollama: FakeOllama;
  let folder: string;

  before(async () => {
    ollama = await fakeOllama();
    folder = await mkdtemp(join(tmpdir(), "callmanager-command-"));
  });
  beforeEach(() =>
    ollama.set({
      reply: ["Le", " entiendo", ".", " Ahora", " un", " 40", " %", "."],
      models: ["llama3", "mistral"],
      slots: 4,
      tokenMs: 15,
      firstTokenMs: 0,
      contextLength: 8192,
      cloudDisabled: true,
      onGpu: 1,
      failure: null,
    }),
  );
  after(async () => {
    await ollama.close();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (...args: string[]) => runAt(ollama.url, ...args);

  async function runAt(
    url: string,
    ...args: string[]
  ): Promise<{ code: number | null; out: string; err: string }> {
    const env = {
      ...process.env,
      DATABASE_URL: `file:${folder}/x.db`,
      OLLAMA_URL: url,
      OLLAMA_NUM_PARALLEL: "4",
    };
    const child = spawn(process.execPath, [COMMAND, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    const code = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  }

  test("the mission's example: the approved answer, the model's words, and what no fact supports", async () => {
    const { code, out, err } = await run("ask", "Es muy caro", "--context", "Internet Fibra Óptica 300Mbps");
    assert.deepEqual([code, err], [0, ""]);
    assert.match(out, /✓ Aprobada · Es caro · v1\n {2}Le entiendo: nadie quiere pagar de más\./);
    assert.match(out, /✦ Sugerencia IA\n {2}Le entiendo\. Ahora un 40 %\./);
    assert.match(out, /llama3 · primera palabra \d,\d s, total \d,\d s · sin verificar: 40 %/);
  });

  test("in English, with another model", async () => {
    const { out } = await run("ask", "it is far too expensive", "--language", "en", "--model", "mistral");
    assert.match(out, /✓ Approved/);
    assert.match(out, /mistral · first word/);
  });

  test("without Ollama the card is the answer; without either it fails and says why", async () => {
    await ollama.refuse();
    const card = await run("ask", "Es muy caro");
    const nothing = await run("ask", "¿De qué color es el cielo?");
    await ollama.accept();
    assert.equal(card.code, 0);
    assert.match(card.out, /La IA está apagada.*Usa la respuesta aprobada\./);
    assert.equal(nothing.code, 1);
    assert.match(nothing.out, /Ofrece consultarlo/);
  });

  test("words that it does not know, and a configuration that cannot be", async () => {
    const unknown = [
      [],
      ["ask"],
      ["ask", "  "],
      ["tell", "x"],
      ["doctor", "x"],
      ["ask", "caro", "--no-such"],
    ];
    for (const words of unknown) {
      const { code, err } = await run(...words);
      assert.equal(code, 2, words.join());
      assert.match(err, /npm run copilot -- ask/);
    }
  });

  test("the doctor finds a good Ollama good", async () => {
    const { code, out } = await run("doctor");
    assert.equal(code, 0, out);
    assert.doesNotMatch(out, /^[!✗]/m);
    for (const line of [
      /✓ Nube: apagada/,
      /✓ Contexto: 8192 tokens/,
      /✓ Memoria: 100 %/,
      /✓ A la vez: 4 respuestas/,
      /✓ Primera palabra: /,
    ])
      assert.match(out, line);
  });

  test("the doctor says of each weakness what to change", async () => {
    const weak = await fakeOllama({ contextLength: 2048, onGpu: 0.4, slots: 1, tokenMs: 120 });
    const { code, out } = await runAt(weak.url, "doctor");
    await weak.close();
    assert.equal(code, 0, "weak is not broken");
    assert.match(out, /! Nube: encendida.*\n {2}→ .*OLLAMA_NO_CLOUD=1/);
    assert.match(out, /! Contexto: 2048 tokens\n {2}→ .*OLLAMA_CONTEXT_LENGTH=4096/);
    assert.match(out, /! Memoria: 40 % en la tarjeta gráfica\n {2}→ /);
    assert.match(out, /! A la vez: 1 respuestas a la vez; el servidor pide 4\n {2}→ .*OLLAMA_NUM_PARALLEL/);
    assert.match(out, /! Velocidad: \d+ tokens por segundo\n {2}→ /);
  });

  test("the doctor on a missing model, a cloud model, a broken one, and no Ollama at all", async () => {
    const missing = await run("doctor", "--model", "neural-chat");
    assert.equal(missing.code, 1);
    assert.match(missing.out, /✗ Modelo: neural-chat no está instalado\n {2}→ .*ollama pull neural-chat/);
    assert.match(
      (await run("doctor", "--model", "gpt-oss:120b-cloud")).out,
      /✗ Modelo: .* saldría de la empresa/,
    );
    ollama.set({ failure: { kind: "status", status: 500, error: "llama runner process has terminated" } });
    assert.match((await run("doctor")).out, /✗ Modelo: llama3 no ha llegado a responder\n {2}→ /);
    await ollama.refuse();
    const { code, out } = await run("doctor");
    await ollama.accept();
    assert.equal(code, 1);
    assert.match(out, /✗ Ollama: no responde en .*\n {2}→ .*ollama serve/);
  });
});
