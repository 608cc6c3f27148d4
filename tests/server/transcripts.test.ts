import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import type { Page, Recording, ShownLine, Team, Transcript, TranscriptKept, WordErrors } from "#contract";
import { jsonLog } from "../../server/http/log.ts";
import { dialects } from "../support/databases.ts";
import { answer, callStart, testServer, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

type Line = { n: number; side: "agent" | "customer"; text: string; fromMs: number; toMs: number };
const said = (n: number, text: string, more: Partial<Line> = {}): Line => ({
  n,
  text,
  side: "customer",
  fromMs: n * 3000,
  toMs: n * 3000 + 2000,
  ...more,
});

for (const { name, open } of dialects)
  describe(`transcripts on ${name}`, () => {
    let server: TestServer;
    let maria: Client;
    let eva: Client;
    let luis: Client;
    let admin: Client;
    const logged: string[] = [];

    before(async () => {
      server = await testServer({ store: await open() });
      Object.assign(
        server.deps.log,
        jsonLog((line) => logged.push(line)),
      );
      maria = await server.device();
      eva = await server.device();
      luis = await server.browser("supervisor");
      admin = await server.browser("admin", { team: "Oficina" });
      await listen(true);
    });
    after(() => server.close());

    async function listen(listening: boolean, team = "Ventas Norte") {
      const { items } = (await answer<Page<Team>>(admin.request("GET", "/api/teams"))).body;
      const { id } = items.find(({ name }) => name === team) ?? assert.fail();
      assert.equal((await admin.request("PATCH", `/api/teams/${id}`, { listening })).status, 200);
    }
    async function newCall(by = maria): Promise<string> {
      const start = callStart(server.now());
      assert.equal((await by.request("POST", "/api/calls/start", start)).status, 201);
      return start.id;
    }
    const send = (callId: string, lines: Line[], by = maria) =>
      answer<TranscriptKept & { code?: string; errors?: { path: string }[] }>(
        by.request("POST", `/api/transcripts/${callId}`, { engine: "sherpa-onnx", model: "es-1", lines }),
      );
    const read = async (callId: string, by = maria) =>
      (await answer<Transcript>(by.request("GET", `/api/transcripts/${callId}`))).body;
    const texts = async (callId: string) => (await read(callId)).lines.map(({ text }) => text);
    const correct = (callId: string, n: number, text: string, by = maria) =>
      answer<ShownLine & { code?: string }>(
        by.request("PATCH", `/api/transcripts/${callId}/lines/${n}`, { text }),
      );

    test("lines come back in their order, with who spoke how much, to agent and supervisor alike", async () => {
      const callId = await newCall();
      assert.deepEqual(await read(callId), { callId, engine: null, model: null, lines: [], talk: null });
      const lines = [said(0, "hola, le llamo de Fibra Sur", { side: "agent" }), said(1, "¿Cuánto cuesta?")];
      await send(callId, [said(2, "Es muy caro")]);
      const { status, body } = await send(callId, lines);
      assert.deepEqual([status, body.lines], [200, lines.map(({ n }) => ({ n, masked: [] }))]);
      const transcript = await read(callId);
      assert.deepEqual(
        transcript.lines,
        [...lines, said(2, "Es muy caro")].map((line) => ({
          ...line,
          masked: [],
          original: null,
          correctedAt: null,
        })),
      );
      assert.deepEqual([transcript.engine, transcript.model], ["sherpa-onnx", "es-1"]);
      assert.deepEqual(
        [transcript.talk?.agentSeconds, transcript.talk?.customerSeconds, transcript.talk?.silenceSeconds],
        [2, 4, 2],
      );
      assert.deepEqual(await read(callId, luis), transcript);
      assert.deepEqual(await read(callId, admin), transcript);
    });

    test("sending twice changes nothing, also at once and in any order", async () => {
      const callId = await newCall();
      const lines = Array.from({ length: 60 }, (_, n) => said(n, `línea número ${n} de la llamada`));
      const batches = [lines.slice(0, 40), lines.slice(20), lines.toReversed(), lines.slice(30, 31), lines];
      const answers = await Promise.all(batches.map((batch) => send(callId, batch)));
      assert.deepEqual(
        answers.map(({ status, body }) => [status, body.lines.length]),
        batches.map((batch) => [200, batch.length]),
      );
      assert.deepEqual(
        await texts(callId),
        lines.map(({ text }) => text),
      );
    });

    test("another line under a number that is taken is refused by name; the rest is kept", async () => {
      const callId = await newCall();
      await send(callId, [said(0, "hola"), said(1, "es caro")]);
      const { status, body } = await send(callId, [
        said(2, "lo pensaré"),
        said(1, "es claro"),
        said(0, "hola"),
      ]);
      assert.deepEqual(
        [status, body.code, body.errors?.map(({ path }) => path)],
        [409, "line_taken", ["lines.1"]],
      );
      assert.equal(
        (await send(callId, [said(1, "es caro", { side: "agent" })])).status,
        409,
        "the other side",
      );
      assert.equal((await send(callId, [said(1, "es caro", { toMs: 9999 })])).status, 409, "other times");
      assert.deepEqual(await texts(callId), ["hola", "es caro", "lo pensaré"]);
      const both = await Promise.all([send(callId, [said(3, "uno solo")]), send(callId, [said(3, "otro")])]);
      assert.deepEqual(
        both.map(({ status }) => status).toSorted((a, b) => a - b),
        [200, 409],
      );
    });

    test("nothing is taken while the team is not listened to, and nothing of somebody else's call ever", async () => {
      const callId = await newCall();
      assert.equal((await send(callId, [said(0, "hola")], eva)).status, 404);
      assert.equal((await send(uuidv7(), [said(0, "hola")])).status, 404);
      await listen(false);
      const { status, body } = await send(callId, [said(0, "hola")]);
      assert.deepEqual([status, body.code], [403, "listening_off"]);
      assert.deepEqual(await texts(callId), []);
      await listen(true);
      assert.equal((await send(callId, [said(0, "hola")])).status, 200);
      const sur = await server.device({ team: "Ventas Sur", site: "Sevilla" });
      assert.equal((await send(await newCall(sur), [said(0, "hola")], sur)).body.code, "listening_off");
    });

    test("who may not see a call sees no transcript, and cannot tell that there is one", async () => {
      const callId = await newCall();
      await send(callId, [said(0, "hola")]);
      const other = await server.browser("supervisor", { team: "Ventas Sur", site: "Sevilla" });
      for (const client of [eva, other, await server.session(luis.userId, "panel")]) {
        const path = `/api/transcripts/${callId}`;
        const theirs = await answer(client.request("GET", path));
        assert.equal(theirs.status, 404);
        assert.deepEqual(await answer(client.request("GET", `/api/transcripts/${uuidv7()}`)), theirs);
        assert.equal((await correct(callId, 0, "hola", client)).status, 404);
      }
      assert.equal((await read(callId, await server.browser("executive"))).lines.length, 1);
      assert.equal((await read(callId, await server.session(maria.userId, "panel"))).lines.length, 1);
    });

    test("personal data is hidden before it is stored, and each line says of what kind it was", async () => {
      const callId = await newCall();
      const { body } = await send(callId, [
        said(0, "soy Ana, mi correo es ana@correo.es y mi móvil el 600 111 222"),
        said(1, "la tarjeta es 4111 1111 1111 1111"),
        said(2, "son 29,90 al mes por 300 megas", { side: "agent" }),
      ]);
      assert.deepEqual(body.lines, [
        { n: 0, masked: ["email", "phone"] },
        { n: 1, masked: ["card"] },
        { n: 2, masked: [] },
      ]);
      assert.deepEqual(await texts(callId), [
        "soy Ana, mi correo es [correo] y mi móvil el [teléfono]",
        "la tarjeta es [tarjeta]",
        "son 29,90 al mes por 300 megas",
      ]);
      assert.equal((await send(callId, [said(1, "la tarjeta es 4111 1111 1111 1111")])).status, 200);
    });

    test("a number that is said in pieces is hidden in all of them once it is known for one", async () => {
      const callId = await newCall();
      const pieces = [
        said(0, "apunte: cuatro uno uno uno"),
        said(1, "sí, cuatro uno uno uno", { side: "agent" }),
        said(2, "uno uno uno uno"),
        said(3, "uno uno uno uno"),
        said(4, "uno uno uno uno y ya está"),
      ];
      for (const count of [1, 2, 3, 4, 5])
        assert.equal((await send(callId, pieces.slice(0, count))).status, 200);
      const hidden = [
        "apunte: [tarjeta]",
        "sí, cuatro uno uno uno",
        "[tarjeta]",
        "[tarjeta]",
        "[tarjeta] y ya está",
      ];
      assert.deepEqual(await texts(callId), hidden);
      const { body } = await send(callId, [said(2, "uno uno uno uno")]);
      assert.deepEqual(body.lines, [{ n: 2, masked: ["card"] }], "alone it stays hidden");
      assert.deepEqual(await texts(callId), hidden);
      const far = await newCall();
      await send(far, [said(0, "4111 1111"), said(9, "1111 1111")]);
      assert.doesNotMatch((await texts(far)).join(), /tarjeta/, "what was said long after is another number");
    });

    test("agent and supervisor correct a line; what the recogniser wrote stays, whatever is sent again", async () => {
      const callId = await newCall();
      await send(callId, [said(0, "es muy claro"), said(1, "hola")]);
      const first = await correct(callId, 0, "Es muy caro.");
      assert.equal(first.status, 200);
      assert.deepEqual([first.body.text, first.body.original], ["Es muy caro.", "es muy claro"]);
      assert.ok(Date.parse(first.body.correctedAt ?? "") > 0);
      const second = await correct(callId, 0, "¡Es carísimo! Llame al 600 111 222", luis);
      assert.deepEqual(
        [second.body.text, second.body.original, second.body.masked],
        ["¡Es carísimo! Llame al [teléfono]", "es muy claro", ["phone"]],
      );
      assert.equal((await send(callId, [said(0, "es muy claro"), said(1, "hola")])).status, 200);
      assert.equal((await send(callId, [said(0, "otra cosa")])).status, 200);
      assert.deepEqual((await read(callId)).lines[0], second.body);
      assert.equal((await correct(callId, 7, "nada")).status, 404);
      assert.equal((await correct(callId, 0, "no es suya", admin)).body.code, "forbidden");
      const boss = await server.browser("executive");
      assert.equal((await correct(callId, 0, "no es suya", boss)).status, 403);
    });

    test("a corrected line's original is hidden too, once it is known for a part of a number", async () => {
      const callId = await newCall();
      const pieces = [said(0, "seis uno dos tres"), said(1, "cuatro cinco seis siete ocho")];
      await send(callId, pieces.slice(0, 1));
      await correct(callId, 0, "seis uno dos tres, dice");
      await send(callId, pieces);
      const [first, second] = (await read(callId)).lines;
      assert.deepEqual([first?.original, first?.masked], ["[teléfono]", ["phone"]]);
      assert.equal(second?.text, "[teléfono]");
    });

    test("the word error rate is that of the lines somebody corrected or confirmed, 20 at least", async () => {
      const errors = async (by: Client) =>
        (await answer<WordErrors>(by.request("GET", "/api/transcripts/word-errors"))).body;
      const pepa = await server.device({ team: "Ventas Este" });
      await listen(true, "Ventas Este");
      const callId = await newCall(pepa);
      const lines = Array.from({ length: 20 }, (_, n) => said(n, "es muy claro eso"));
      await send(callId, lines, pepa);
      assert.deepEqual(await errors(pepa), { lines: 0, words: 0, errors: 0, rate: null });
      for (const { n } of lines.slice(1)) await correct(callId, n, "Es muy claro eso.", pepa);
      assert.deepEqual(await errors(pepa), { lines: 19, words: 76, errors: 0, rate: null });
      await correct(callId, 0, "Es muy caro eso, oiga.", pepa);
      assert.deepEqual(await errors(pepa), { lines: 20, words: 81, errors: 2, rate: 2 / 81 });
      await correct(callId, 0, "Es muy caro eso.", pepa);
      assert.deepEqual(await errors(pepa), { lines: 20, words: 80, errors: 1, rate: 1 / 80 });
      const own = await server.browser("supervisor", { team: "Ventas Este" });
      assert.deepEqual(await errors(own), await errors(pepa));
      assert.ok((await errors(admin)).lines > 20, "everybody's");
      assert.ok((await errors(luis)).lines < 20, "another team's");
    });

    test("the search of recordings finds what was said, as it is now, and only for whoever may see it", async () => {
      const [callId, silent] = [await newCall(), await newCall()];
      const { bytes, metadata } = toneWav(0.1);
      for (const [i, id] of [callId, silent].entries()) {
        await maria.request("PUT", `/api/recordings/${id}/parts/0`, bytes, contentDigest(bytes));
        const body = { parts: 1, metadata: { ...metadata, number: i + 1 } };
        assert.equal((await maria.request("POST", `/api/recordings/${id}`, body)).status, 200);
      }
      const found = async (q: string, by = luis) => {
        const path = `/api/recordings?q=${encodeURIComponent(q)}`;
        const { status, body } = await answer<Page<Recording>>(by.request("GET", path));
        assert.equal(status, 200, q);
        return body.items.map((item) => item.callId);
      };
      await send(callId, [said(0, "tiene PERMANENCIA de doce meses, señora Ñuñoa"), said(1, "es carísimo")]);
      for (const q of ["permanencia", "Permanéncia", "meses doce", "permanen", "ñuñoa", "CARISIMO"])
        assert.deepEqual(await found(q), [callId], q);
      assert.deepEqual(await found("permanencia carísimo"), [callId], "in any line");
      assert.deepEqual(await found("doc meses"), [], "only the last word may be a beginning");
      assert.deepEqual(await found("doc"), [], "and not one that begins half of all words");
      assert.equal((await found("juan garc")).length, 2, "contacts as ever");
      assert.deepEqual(await found("permanencia", eva), []);
      assert.deepEqual(await found("permanencia", maria), [callId]);
      await correct(callId, 1, "es baratísimo");
      assert.deepEqual([await found("carisimo"), await found("baratisimo")], [[], [callId]]);
      for (const q of [
        '"',
        '" OR "',
        "NEAR(a, 5)",
        "a*",
        "^a -b",
        "' | ! & <-> :*",
        "\\",
        "%",
        "_",
        "()",
        "a\u0000b",
      ])
        assert.deepEqual(await found(`${q} permanenciax`), [], q);
      assert.deepEqual(await found('"permanencia" (de)'), [callId]);
      for (const q of ["𞤀b", "漢字", "🙂", "ﬁn", "x".repeat(120), "a ".repeat(60)]) await found(q);
    });

    test("lines that cannot be are refused with their place", async () => {
      const callId = await newCall();
      const wrong: [lines: object[], path: string][] = [
        [[], "lines"],
        [[said(-1, "x")], "lines.0.n"],
        [[said(0, " ")], "lines.0.text"],
        [[said(0, "a\u0000b")], "lines.0.text"],
        [[said(0, "x".repeat(2001))], "lines.0.text"],
        [[said(0, "x"), said(0, "x")], "lines.1.n"],
        [[said(0, "x", { fromMs: 5, toMs: 4 })], "lines.0.toMs"],
        [[said(0, "x", { toMs: 1e12 })], "lines.0.toMs"],
        [[{ ...said(0, "x"), side: "both" }], "lines.0.side"],
        [Array.from({ length: 201 }, (_, n) => said(n, "x")), "lines"],
      ];
      for (const [lines, path] of wrong) {
        const { status, body } = await send(callId, lines as Line[]);
        assert.deepEqual([status, body.code, body.errors?.[0]?.path], [422, "invalid", path]);
      }
      for (const name of ["engine", "model"])
        for (const value of ["", "x".repeat(121), "a\u0000", 7]) {
          const body = { engine: "e", model: "m", lines: [said(0, "x")], [name]: value };
          assert.equal((await maria.request("POST", `/api/transcripts/${callId}`, body)).status, 422);
        }
      for (const text of ["", "  ", "a\u0000b", "x".repeat(2001)])
        assert.equal((await correct(callId, 0, text)).status, 422);
      for (const n of ["-1", "x", "1.5", "100001"])
        assert.equal((await correct(callId, n as never, "x")).status, 422, n);
      assert.deepEqual(await texts(callId), []);
    });

    test("half a character is kept as what it can be, and can be sent again", async () => {
      const callId = await newCall();
      for (const _ of [1, 2]) assert.equal((await send(callId, [said(0, "ca\ud83d ro")])).status, 200);
      assert.deepEqual(await texts(callId), ["ca\ufffd ro"]);
    });

    test("whatever is said or looked for: kept or refused, the same twice, found again", async () => {
      const callId = await newCall();
      let n = 0;
      const text = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.string({ maxLength: 40 }));
      await fc.assert(
        fc.asyncProperty(text, async (said) => {
          const line = { n: n++, side: "agent" as const, text: said, fromMs: n * 60_000, toMs: n * 60_000 };
          const first = await send(callId, [line]);
          assert.ok([200, 422].includes(first.status), `${first.status}`);
          assert.deepEqual(await send(callId, [line]), first);
          const q = encodeURIComponent(said.toWellFormed());
          const { status } = await luis.request("GET", `/api/recordings?q=${q}`);
          assert.equal(status, 200);
        }),
        { numRuns: 150 },
      );
    });

    test("nothing of all this was the server's fault, and nothing of what was said is in its log", () => {
      assert.ok(logged.length > 50);
      assert.doesNotMatch(logged.join(""), /"status":5\d\d|"level":"error"/);
      // the clock and how long a request took have figures of their own
      const lines = logged.map((line) => line.replace(/"at":"[^"]*"|"ms":\d+/g, ""));
      const said = /caro|car[ií]simo|permanen|tarjeta|4111|600|ana@|hola|línea/i;
      assert.deepEqual(
        lines.filter((line) => said.test(line)),
        [],
      );
    });
  });
