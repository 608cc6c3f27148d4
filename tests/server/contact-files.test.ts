import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import exceljs from "exceljs";
import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import type { ContactImport, KnownContact, Page, Problem } from "#contract";
import { plainCell, safeCell } from "../../server/exports/csv.ts";
import { answer, testServer, type Client, type TestServer } from "../support/server.ts";

type Format = "csv" | "xlsx";
const ENGLISH = { "accept-language": "en" };

async function workbook(rows: unknown[][]): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  book.addWorksheet("Hoja").addRows(rows);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe("contacts as files", () => {
  let server: TestServer;
  let luis: Client;
  before(async () => {
    server = await testServer();
    luis = await server.browser("supervisor");
  });
  after(() => server.close());

  const bring = (file: string | Uint8Array, query = "format=csv", by = luis, headers = {}) =>
    answer<ContactImport & Problem>(by.request("POST", `/api/contacts/file?${query}`, file, headers));
  const take = async (format: Format, by = luis, headers = {}) =>
    new Uint8Array(
      await (
        await by.request("GET", `/api/contacts/file?format=${format}`, undefined, headers)
      ).arrayBuffer(),
    );
  const everyone = async (by = luis) =>
    (await answer<Page<KnownContact>>(by.request("GET", "/api/contacts?limit=200"))).body.items;
  /** A supervisor of a team without contacts. */
  const fresh = () => server.browser("supervisor", { team: uuidv7() });

  test("a file is taken once, however often it comes; an empty cell takes nothing away", async () => {
    const eva = await fresh();
    const file =
      "Nombre;Teléfono;Móvil;Notas;Ciudad\r\nÁgata;612 345 678;+34 655 000 111;tarde;Lugo\r\n;655000222;;;\r\n";
    const check = await bring(file, "format=csv&check=true", eva);
    const counts = { added: 2, changed: 0, same: 0, wrong: 0, errors: [] };
    assert.deepEqual([check.status, check.body], [200, counts]);
    assert.deepEqual(await everyone(eva), []);
    assert.deepEqual((await bring(file, "format=csv", eva)).body, counts);
    const known = await everyone(eva);
    assert.deepEqual(
      known.map(({ name, phones, notes }) => [name, phones, notes]),
      [
        ["Ágata", ["+34612345678", "+34655000111"], "tarde"],
        ["", ["+34655000222"], ""],
      ],
    );
    assert.deepEqual((await bring(file, "format=csv", eva)).body, { ...counts, added: 0, same: 2 });
    assert.deepEqual(await everyone(eva), known);
    const more = 'phone,name,notes\n612345678,,\n655000222,Bea,\n655000111,Ágata Gil,"dos\nlíneas"\n';
    assert.deepEqual((await bring(more, "format=csv", eva)).body, {
      ...counts,
      added: 0,
      changed: 2,
      same: 1,
    });
    assert.deepEqual(
      (await everyone(eva)).map(({ id, name, notes }) => [id, name, notes]),
      [
        [known[1]?.id, "Bea", ""],
        [known[0]?.id, "Ágata Gil", "dos\nlíneas"],
      ]
        .toSorted((a, b) => String(b[1]).localeCompare(String(a[1])))
        .toReversed()
        .toSorted((a, b) => (String(a[1]) < String(b[1]) ? -1 : 1)),
    );
  });

  for (const format of ["csv", "xlsx"] as const)
    test(`${format}: wrong rows are named as the sheet shows them, in the reader's language; the others are taken`, async () => {
      const eva = await fresh();
      const rows = [
        ["Nombre", "Teléfonos", "Notas"],
        ["Ana", "655 100 001", ""],
        ["", "", ""],
        ["Bea", "123", ""],
        ["Cova", "", "sin teléfono"],
        ["Dina", "655 100 002, 655 100 001", ""],
        ["E".repeat(121), "655 100 003", ""],
        ["Fe", "655 100 004", "n".repeat(4001)],
        ["Gala", "655 100 005", ""],
      ];
      const file =
        format === "xlsx"
          ? await workbook(rows)
          : rows.map((row) => row.map((c) => `"${c}"`).join(";")).join("\n");
      const { body } = await bring(file, `format=${format}`, eva);
      assert.deepEqual([body.added, body.wrong], [2, 5]);
      assert.deepEqual(
        body.errors.map(({ row, column, value }) => [row, column, value.slice(0, 30)]),
        [
          [4, "Teléfonos", "123"],
          [5, "Teléfonos", ""],
          [6, "Teléfonos", "655 100 002, 655 100 001"],
          [7, "Nombre", "E".repeat(30)],
          [8, "Notas", "n".repeat(30)],
        ],
      );
      assert.match(body.errors[2]?.message ?? "", /la fila 2$/);
      assert.deepEqual(
        (await everyone(eva)).map(({ name }) => name),
        ["Ana", "Gala"],
      );
      const english = await bring(file, `format=${format}&check=true`, eva, ENGLISH);
      assert.deepEqual([english.body.same, english.body.errors[1]?.message], [2, "the phone is missing"]);
    });

  test("phones of two contacts in one row are not guessed about", async () => {
    const eva = await fresh();
    await bring("Name,Phone\nAna,655100001\nBea,655100002\n", "format=csv", eva);
    const { body } = await bring('Name,Phones\nAnaBea,"655100001, 655100002"\n', "format=csv", eva);
    assert.deepEqual([body.wrong, body.errors[0]?.row], [1, 2]);
    assert.match(body.errors[0]?.message ?? "", /dos contactos/);
  });

  test("a CSV as Excel writes it: a mark, semicolons or tabs, Windows letters, UTF-16", async () => {
    const rows = (at: string) => `Nombre${at}Teléfono\r\nBegoña${at}655 100 009\r\n`;
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(rows("\t"), "utf16le")]);
    for (const file of [
      Buffer.from(`\uFEFF${rows(";")}`),
      Buffer.from(rows(",")),
      Buffer.from(rows(";"), "latin1"),
      utf16,
    ]) {
      const eva = await fresh();
      const { body } = await bring(new Uint8Array(file), "format=csv", eva);
      assert.deepEqual([body.added, body.wrong], [1, 0]);
      assert.equal((await everyone(eva))[0]?.name, "Begoña");
    }
  });

  test("formulas are texts in a CSV, and mistakes in a workbook", async () => {
    const eva = await fresh();
    const evil = '=HYPERLINK("http://x")';
    await bring(`Name,Phone,Notes\n"${evil.replaceAll('"', '""')}",655100010,@SUM(A1)\n`, "format=csv", eva);
    const [contact] = await everyone(eva);
    assert.deepEqual([contact?.name, contact?.notes], [evil, "@SUM(A1)"]);
    const csv = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await take("csv", eva));
    assert.equal(
      csv,
      '\uFEFF"Nombre";"Teléfonos";"Notas";"Equipo"\r\n' +
        `"'=HYPERLINK(""http://x"")";"'+34655100010";"'@SUM(A1)";"${contact?.team}"\r\n`,
    );
    const book = new exceljs.Workbook();
    await book.xlsx.load((await take("xlsx", eva)).buffer);
    const cell = book.worksheets[0]?.getRow(2).getCell(1);
    assert.deepEqual([cell?.value, cell?.type], [evil, exceljs.ValueType.String]);
    const formula = await workbook([
      ["Nombre", "Teléfono"],
      [{ formula: "1+1", result: 2 }, 655100011],
      ["Ana", 655100012],
    ]);
    const { body } = await bring(formula, "format=xlsx", eva);
    assert.deepEqual([body.added, body.errors[0]?.row, body.errors[0]?.column], [1, 2, "Nombre"]);
    assert.match(body.errors[0]?.message ?? "", /fórmula/);
  });

  test("what is no such file, too long or without phones is refused, and nothing is taken", async () => {
    const eva = await fresh();
    const refused = async (file: string | Uint8Array, query: string, status: number, code: string) => {
      const got = await bring(file, query, eva);
      assert.deepEqual([got.status, got.body.code], [status, code], query);
      return got.body.errors?.[0]?.message;
    };
    for (const format of ["csv", "xlsx"] as const)
      await refused("", `format=${format}`, 422, "import_invalid");
    assert.match((await refused("Nombre\nAna\n", "format=csv", 422, "import_invalid")) ?? "", /Teléfonos/);
    await refused('Name,Phone\nAna,655100001\n"Bea,655100002\n', "format=csv", 422, "import_invalid");
    await refused("PK\u0003\u0004 nothing of the kind", "format=xlsx", 422, "import_invalid");
    const whole = await workbook([["Phone"], ["655100001"]]);
    await refused(whole.subarray(0, whole.length / 2), "format=xlsx", 422, "import_invalid");
    await refused(whole, "format=csv", 422, "import_invalid");
    await refused(`Phone\n${"655100001\n".repeat(50_001)}`, "format=csv", 413, "file_too_large");
    await refused(new Uint8Array(10_000_001), "format=csv", 413, "file_too_large");
    await refused("Phone\n655100001\n", "format=pdf", 422, "invalid");
    await refused("Phone\n655100001\n", "format=csv&team=Nadie", 404, "not_found");
    await refused("Phone\n655100001\n", "format=csv&team=Ventas Norte", 404, "not_found");
    assert.deepEqual(await everyone(eva), []);
    assert.deepEqual(server.errors, []);
  });

  test("files are for who leads; an admin brings them for a team", async () => {
    const maria = await server.device();
    assert.equal((await bring("Phone\n655100001\n", "format=csv", maria)).status, 403);
    assert.equal((await maria.request("GET", "/api/contacts/file?format=csv")).status, 403);
    const admin = await server.browser("admin", { team: "Oficina" });
    assert.equal((await bring("Phone\n655199001\n", "format=csv&team=Ventas Norte", admin)).body.added, 1);
    const mine = await answer<Page<KnownContact>>(maria.request("GET", "/api/contacts?q=655199001"));
    assert.equal(mine.body.items.length, 1);
  });

  test("any contacts come back from a file as they were, in both formats and languages", async () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.string({ unit: fc.constantFrom("'", "=", "+", "-", "@", '"', ";", ",", "\t", "\n", " ", "a", "ñ") }),
    );
    const clean = (value: string) => value.replace(/[^\t\n\P{Cc}]|[\uFFFE\uFFFF]|\p{Cs}/gu, "").trim();
    const contacts = fc.uniqueArray(
      fc.record({
        name: text.map((value) =>
          clean(value)
            .replace(/[\t\n]/g, " ")
            .trim()
            .slice(0, 120),
        ),
        notes: text.map(clean),
        phone: fc.integer({ min: 655_000_000, max: 655_999_999 }),
      }),
      { selector: ({ phone }) => phone, minLength: 1, maxLength: 6 },
    );
    const round = async (
      rows: { name: string; notes: string; phone: number }[],
      format: Format,
      en: boolean,
    ) => {
      const headers = en ? ENGLISH : {};
      const [from, to] = [await fresh(), await fresh()];
      const first = await workbook([
        ["Nombre", "Teléfono", "Notas"],
        ...rows.map(({ name, phone, notes }) => [name, phone, notes]),
      ]);
      assert.equal((await bring(first, "format=xlsx", from)).body.added, rows.length);
      const again = await bring(await take(format, from, headers), `format=${format}`, to);
      assert.deepEqual(again.body.errors, []);
      const plain = async (by: Client) =>
        (await everyone(by))
          .map(({ name, notes, phones }) => JSON.stringify([phones, name, notes]))
          .toSorted((a, b) => (a < b ? -1 : 1));
      const sent = rows
        .map(({ name, notes, phone }) => JSON.stringify([[`+34${phone}`], name, notes]))
        .toSorted((a, b) => (a < b ? -1 : 1));
      assert.deepEqual(await plain(to), sent);
    };
    await fc.assert(fc.asyncProperty(contacts, fc.constantFrom<Format>("csv", "xlsx"), fc.boolean(), round), {
      numRuns: 40,
    });
    fc.assert(fc.property(text, (value) => plainCell(safeCell(value)) === value));
    fc.assert(fc.property(text, (value) => !/^[=+\-@\t\r]/.test(safeCell(value))));
  });
});
