import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { CopilotSettings, CopilotStatus, Done, Pull } from "#contract";
import { isHeldOut } from "../../server/copilot/holdout.ts";
import { eventually } from "../support/eventually.ts";
import { fakeOllama, type FakeOllama } from "../support/ollama.ts";
import { answer, callEnd, callStart, testServer, type Client, type TestServer } from "../support/server.ts";

const REPLY = ["Le", " entiendo", ".", " Son", " 29,90", " €", " al", " mes", "."];

describe("models, conversations and what became of an answer", () => {
  let ollama: FakeOllama;
  let server: TestServer;
  let admin: Client;
  let maria: Client;

  before(async () => {
    ollama = await fakeOllama();
    server = await testServer({ env: { OLLAMA_URL: ollama.url }, playbooks: true });
    admin = await server.browser("admin");
    maria = await server.device();
  });
  beforeEach(() =>
    ollama.set({
      reply: REPLY,
      failure: null,
      models: ["llama3", "mistral", "neural-chat"],
      pullTickMs: 5,
      tokenMs: 0,
      slots: 4,
    }),
  );
  after(async () => {
    await server.close();
    await ollama.close();
  });

  const ask = async (client: Client, body: object) => {
    const response = await client.request("POST", "/api/copilot/ask", body);
    const text = await response.text();
    const events = [...text.matchAll(/^event: ?(.*)\ndata: ?(.*)$/gm)].map(([, event, data]) => ({
      event,
      data: JSON.parse(data ?? "null") as never,
    }));
    return events;
  };
  const done = async (client: Client, body: object): Promise<Done> => {
    const last = (await ask(client, body)).at(-1);
    return last?.event === "done" ? last.data : assert.fail(JSON.stringify(last));
  };
  const status = async (client: Client) =>
    (await answer<CopilotStatus>(client.request("GET", "/api/copilot/status"))).body;
  const choose = (client: Client, model: string) =>
    answer<CopilotStatus>(client.request("PUT", "/api/copilot/model", { model }));
  const lastPrompt = () => {
    const { messages = [] } = (ollama.chats().at(-1)?.body ?? {}) as {
      messages?: { role: string; content: string }[];
    };
    return messages;
  };

  test("the house's model is warmed at the start, with the prompt that every call begins with", async () => {
    await server.start();
    await eventually(
      "the warm-up",
      () => ollama.chats().filter(({ body }) => JSON.stringify(body).includes("Eres copiloto")).length > 0,
    );
    const bodies = ollama
      .chats()
      .map(
        ({ body }) =>
          body as { messages?: unknown[]; options?: object; keep_alive?: unknown; think?: unknown },
      );
    assert.ok(
      bodies.some(({ messages }) => messages?.length === 0),
      "loaded first",
    );
    for (const { options, keep_alive, think } of bodies) {
      assert.ok(!("num_ctx" in (options ?? {})));
      assert.deepEqual([keep_alive, think], [-1, false]);
    }
  });

  test("an agent's model is their own; an admin's is everybody's, and both are live at once", async () => {
    const eva = await server.device();
    assert.equal((await choose(maria, "mistral")).body.model, "mistral");
    assert.equal((await done(maria, { text: "es caro" })).model, "mistral");
    assert.equal((await done(eva, { text: "es caro" })).model, "llama3");
    assert.equal((await choose(admin, "neural-chat")).body.model, "neural-chat");
    assert.equal(
      (await done(maria, { text: "es caro" })).model,
      "neural-chat",
      "the house's change ends her own",
    );
    assert.equal((await done(eva, { text: "es caro" })).model, "neural-chat");
    assert.equal(
      (await answer<CopilotSettings>(admin.request("GET", "/api/copilot/settings"))).body.model,
      "neural-chat",
    );
    await choose(admin, "llama3");
  });

  test("a model that is absent, in the cloud, or no name is refused, and says what to do", async () => {
    for (const [model, code] of [
      ["qwen3", "model_missing"],
      ["gpt-oss:120b-cloud", "model_refused"],
      ["deepseek-v3.1:671b-cloud", "model_refused"],
      ["kimi-k2:cloud", "model_refused"],
      ["a b", "invalid"],
      ["../x", "invalid"],
      ["", "invalid"],
    ] as const) {
      const { status, body } = await answer(admin.request("PUT", "/api/copilot/model", { model }));
      assert.deepEqual([status, body.code], [422, code], model);
      assert.ok(body.hint.length > 10);
    }
    await ollama.refuse();
    const { status: down, body } = await answer(
      admin.request("PUT", "/api/copilot/model", { model: "mistral" }),
    );
    await ollama.accept();
    assert.deepEqual([down, body.code], [503, "ollama_down"]);
    assert.equal((await status(maria)).model, "llama3");
  });

  test("fetching a model shows how far it is, and ends installed", async () => {
    ollama.set({ models: ["llama3"], pullTickMs: 30 });
    const seen: Pull[] = [];
    assert.equal(
      (await answer<Pull>(admin.request("POST", "/api/copilot/pulls", { model: "mistral" }))).status,
      201,
    );
    await eventually("the model", async () => {
      const pull = (await status(admin)).pulls.find(({ model }) => model === "mistral");
      if (pull) seen.push(pull);
      return pull?.step === "done";
    });
    assert.ok(
      seen.some(({ step, completed, total }) => step === "downloading" && completed > 0 && completed < total),
      JSON.stringify(seen.map(({ step, completed }) => [step, completed])),
    );
    assert.ok((await status(admin)).models.includes("mistral:latest"));
    assert.equal((await choose(maria, "mistral")).status, 200);
    await choose(maria, "llama3");
  });

  test("a download can be stopped; an unknown name and the cloud say so", async () => {
    ollama.set({ models: ["llama3"], pullTickMs: 200 });
    await admin.request("POST", "/api/copilot/pulls", { model: "neural-chat" });
    assert.equal((await answer(admin.request("DELETE", "/api/copilot/pulls?model=neural-chat"))).status, 204);
    assert.deepEqual(
      (await status(admin)).pulls.filter(({ model }) => model === "neural-chat"),
      [],
    );
    assert.equal((await answer(admin.request("DELETE", "/api/copilot/pulls?model=neural-chat"))).status, 404);
    await eventually("no socket of it", () => ollama.sockets() === 0);
    await admin.request("POST", "/api/copilot/pulls", { model: "no-such-model" });
    const failed = await eventually("its end", async () =>
      (await status(admin)).pulls.find(({ model, step }) => model === "no-such-model" && step === "failed"),
    );
    assert.match(failed.hint ?? "", /nombre/);
    assert.equal(
      (await answer(admin.request("POST", "/api/copilot/pulls", { model: "x:cloud" }))).body.code,
      "model_refused",
    );
    assert.equal(
      (await answer(maria.request("POST", "/api/copilot/pulls", { model: "mistral" }))).status,
      403,
    );
  });

  test("the conversation of a call goes on, and ends with it", async () => {
    const start = callStart(server.now());
    await maria.request("POST", "/api/calls/start", start);
    await done(maria, { text: "es muy caro", callId: start.id });
    const first = lastPrompt();
    await done(maria, { text: "lo tengo que pensar", callId: start.id });
    assert.deepEqual(
      lastPrompt().slice(0, first.length),
      first,
      "what was evaluated once is the same byte by byte",
    );
    assert.deepEqual(
      lastPrompt().map(({ role }) => role),
      ["system", "user", "assistant", "user"],
    );
    await done(maria, { text: "otra cosa" });
    assert.doesNotMatch(
      JSON.stringify(lastPrompt()),
      /pensar/,
      "outside the call there is another conversation",
    );
    for (let i = 0; i < 12; i++) await done(maria, { text: `es caro ${i}`, callId: start.id });
    assert.ok(lastPrompt().length <= 16, "one system message, and the last 15");
    await maria.request("DELETE", "/api/copilot/history");
    await done(maria, { text: "es caro", callId: start.id });
    assert.equal(lastPrompt().length, 2, "forgotten when asked to");
    await maria.request("POST", "/api/calls/end", callEnd(start));
    await done(maria, { text: "es caro", callId: start.id });
    assert.equal(lastPrompt().length, 2, "and with the call's end");
  });

  test("a longer answer is cut at a sentence's end, and the model is stopped", async () => {
    ollama.set({ reply: ["Uno. ", "Dos. ", "Tres. ", "Cuatro", " y", " más", "."], tokenMs: 5 });
    const before = ollama.chats().length;
    const { text, otherLanguage } = await done(maria, { text: "es caro" });
    assert.equal(text, "Uno. Dos. Tres.");
    assert.equal(otherLanguage, false);
    await eventually("Ollama is let go", () => ollama.running() === 0);
    assert.equal(ollama.chats()[before]?.outcome, "left");
    ollama.set({ reply: ["I understand that you are looking for a better price and we have it for you."] });
    assert.equal((await done(maria, { text: "es caro" })).otherLanguage, true);
  });

  test("what the playbook forbids is marked", async () => {
    ollama.set({ reply: ["Es", " el más barato", " y", " nunca se corta", "."] });
    const { unverified } = await done(maria, { text: "es caro", context: "fibra" });
    assert.ok(
      unverified.some((words) => /barato/i.test(words)) &&
        unverified.some((words) => /nunca se corta/i.test(words)),
      unverified.join(),
    );
  });

  test("one call in ten gets approved answers only, while the hold-out is on", async () => {
    const ids = Array.from({ length: 20_000 }, () => uuidv7());
    const share = ids.filter(isHeldOut).length / ids.length;
    assert.ok(share > 0.09 && share < 0.11, String(share));
    const held = callStart(server.now(), { id: ids.find(isHeldOut)! });
    await maria.request("POST", "/api/calls/start", held);
    assert.equal(
      (await ask(maria, { text: "es caro", callId: held.id })).at(-1)?.event,
      "done",
      "off at first",
    );
    assert.equal(
      (await answer(maria.request("PUT", "/api/copilot/settings", { holdOut: true }))).status,
      403,
    );
    await admin.request("PUT", "/api/copilot/settings", { holdOut: true });
    const asked = ollama.chats().length;
    const events = await ask(maria, { text: "es caro", callId: held.id });
    assert.deepEqual(
      events.map(({ event }) => event),
      ["card", "error"],
    );
    assert.match(JSON.stringify(events), /held_out/);
    assert.equal(ollama.chats().length, asked, "the model is not asked");
    await admin.request("PUT", "/api/copilot/settings", { holdOut: false });
  });

  test("what became of an answer is kept with it, by its asker alone", async () => {
    const id = uuidv7();
    await done(maria, { id, text: "es muy caro" });
    const tell = (client: Client, body: object) =>
      answer(client.request("POST", `/api/copilot/asks/${id}`, body));
    assert.equal((await tell(maria, { shownMs: 40 })).status, 204);
    assert.equal((await tell(maria, { copied: "approved", thumbs: "up" })).status, 204);
    assert.equal((await tell(maria, { thumbs: null, dismissed: false })).status, 204);
    assert.equal((await tell(maria, {})).status, 204);
    assert.equal((await tell(await server.device(), { thumbs: "down" })).status, 404);
    for (const bad of [{ copied: "all" }, { thumbs: 5 }, { shownMs: -1 }, { dismissed: "yes" }])
      assert.equal((await tell(maria, bad)).status, 422, JSON.stringify(bad));
    const { store } = server.deps;
    const row =
      (await store.db.select().from(store.tables.asks)).find((one) => one.id === id) ?? assert.fail();
    assert.deepEqual(
      [row.outcome, row.shownMs, row.copied, row.thumbs, row.dismissed, row.cardId, row.model, row.heldOut],
      ["done", 40, "approved", null, false, "fibre-es-price", "llama3", false],
    );
    assert.ok(row.firstTokenMs !== null && row.totalMs !== null && row.totalMs >= row.firstTokenMs);
  });

  test("nothing but Ollama's silence was logged as a failure", () =>
    assert.deepEqual(
      server.errors.map((error) => (error as { code?: string }).code),
      ["ollama_down"],
    ));
});
