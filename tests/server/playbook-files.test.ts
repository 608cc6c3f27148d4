import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import ExcelJS from "exceljs";
import type { ImportResult, Playbook } from "#contract";
import { answer, testServer, type Client, type TestServer } from "../support/server.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

describe("playbooks as files", () => {
  let server: TestServer;
  let admin: Client;

  before(async () => {
    server = await testServer({ playbooks: true });
    admin = await server.browser("admin");
  });
  after(() => server.close());

  const get = async (id: string) =>
    (await answer<Playbook>(admin.request("GET", `/api/playbooks/${id}`))).body;
  const file = (body: string | Uint8Array, type = "application/yaml", query = "") =>
    admin.request("POST", `/api/playbooks/import${query}`, body, { "content-type": type });

  for (const format of ["yaml", "xlsx"] as const)
    test(`out as ${format} and in again changes nothing`, async () => {
      const before = await get("education-es");
      const exported = await admin.request(
        "GET",
        `/api/playbooks/education-es/export?format=${format}`,
        undefined,
        { "accept-language": "es" },
      );
      assert.match(exported.headers.get("content-disposition") ?? "", new RegExp(`education-es\\.${format}`));
      const bytes = new Uint8Array(await exported.arrayBuffer());
      const type = format === "yaml" ? "application/yaml" : XLSX;
      const result = await answer<ImportResult>(file(bytes, type));
      assert.deepEqual(
        [result.status, result.body.added, result.body.changed, result.body.removed],
        [200, 0, 0, 0],
        JSON.stringify(result.body),
      );
      assert.deepEqual((await get("education-es")).cards, before.cards);
    });

  test("an import says first what it would change, then does all of it", async () => {
    const exported = await admin.request("GET", "/api/playbooks/education-es/export?format=xlsx");
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await exported.arrayBuffer());
    const sheet = book.getWorksheet("Tarjetas") ?? book.getWorksheet("Cards") ?? assert.fail("no cards");
    sheet.getRow(2).getCell(7).value = "Otra respuesta.";
    sheet.spliceRows(3, 1);
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());
    const check = await answer<ImportResult>(file(bytes, XLSX, "?check=true"));
    assert.deepEqual(
      [check.body.added, check.body.changed, check.body.removed, check.body.product],
      [0, 1, 1, false],
    );
    const before = await get("education-es");
    assert.notEqual(before.cards[0]?.answer, "Otra respuesta.", "a check changes nothing");
    await file(bytes, XLSX);
    const now = await get("education-es");
    assert.equal(now.cards[0]?.answer, "Otra respuesta.");
    assert.equal(now.cards.length, before.cards.length - 1);
  });

  test("mistakes are told row by row, and nothing is half-written", async () => {
    const before = await get("education-es");
    const exported = await admin.request("GET", "/api/playbooks/education-es/export?format=xlsx", undefined, {
      "accept-language": "es",
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await exported.arrayBuffer());
    const sheet = book.getWorksheet("Tarjetas") ?? assert.fail("no cards");
    sheet.getRow(2).getCell(7).value = "Cambiada.";
    sheet.getRow(4).getCell(3).value = "precio";
    sheet.getRow(6).getCell(7).value = "";
    const { status, body } = await answer(file(new Uint8Array(await book.xlsx.writeBuffer()), XLSX));
    assert.equal(status, 422);
    assert.equal(body.code, "import_invalid");
    const places = body.errors?.map(({ path }) => path) ?? [];
    assert.ok(
      places.some((path) => /Tarjetas, fila 4, kind/.test(path)),
      places.join(),
    );
    assert.ok(
      places.some((path) => /Tarjetas, fila 6, answer/.test(path)),
      places.join(),
    );
    assert.deepEqual(await get("education-es"), before);
    sheet.getRow(2).getCell(7).value = { formula: 'HYPERLINK("http://x","y")', result: "y" };
    assert.equal(
      (await answer(file(new Uint8Array(await book.xlsx.writeBuffer()), XLSX))).body.code,
      "import_invalid",
    );
  });

  test("YAML that cannot be read names its line", async () => {
    const exported = await admin.request("GET", "/api/playbooks/education-es/export?format=yaml");
    const good = await exported.text();
    const lines = good.split("\n");
    const at = lines.findIndex((line) => /^ {4}kind: /.test(line));
    const wrong = lines.with(at, "    kind: dear").join("\n");
    const { body } = await answer(file(wrong));
    assert.match(body.errors?.[0]?.path ?? "", new RegExp(`línea ${at + 1}, cards\\.0\\.kind`));
    for (const bad of [
      "",
      "a: [",
      "42",
      "cards: {}",
      "a: &x [1]\nb: *x",
      `${good}\n  - id: fibre-es-price\n    kind: price\n    title: x\n    objection: y\n    answer: z`,
    ]) {
      const refused = await answer(file(bad));
      assert.deepEqual([refused.status, refused.body.code], [422, "import_invalid"], bad.slice(0, 30));
      assert.ok((refused.body.errors?.length ?? 0) > 0);
    }
    assert.equal((await answer(file(good, "text/csv"))).status, 415);
    assert.equal((await answer(file(new Uint8Array(3_000_000)))).status, 413);
    assert.equal(
      (await answer(file(new Uint8Array([80, 75, 3, 4, 1, 2, 3]), XLSX))).body.code,
      "import_invalid",
    );
  });

  test("nothing of all this was the server's fault", () => assert.deepEqual(server.errors, []));
});
