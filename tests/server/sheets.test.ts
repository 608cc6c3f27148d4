import assert from "node:assert/strict";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { test } from "node:test";
import ExcelJS from "exceljs";
import JSZip from "jszip";
import { readBook } from "../../server/sheets/sheets.ts";
import { MOST_BYTES, unpacks } from "../../server/sheets/zip-limits.ts";

async function workbook(rows: unknown[][]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet("Uno").addRows(rows);
  book.addWorksheet("Dos").addRow([{ formula: "1+1", result: 2 }, new Date("2026-03-02T00:00:00Z")]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

test("every sheet by name, up to so many rows; formulas are null", async () => {
  const bytes = await workbook([["a", 1], [], ["=b"], ["c"]]);
  assert.deepEqual(await readBook(bytes, 2), [
    {
      name: "Uno",
      rows: [
        { row: 1, cells: ["a", "1"] },
        { row: 3, cells: ["=b"] },
      ],
    },
    { name: "Dos", rows: [{ row: 1, cells: [null, "2026-03-02"] }] },
  ]);
});

test("what is no workbook is refused, and the next one is read", async () => {
  await assert.rejects(readBook(new TextEncoder().encode("PK nothing of the kind, only words"), 10));
  await assert.rejects(readBook(new Uint8Array(), 10));
  assert.equal((await readBook(await workbook([["a"]]), 10)).length, 2);
});

test("a ZIP that unpacks to too much, or to more than it says, is too large before it is unpacked", async () => {
  const zip = new JSZip().file("xl/big.xml", new Uint8Array(5_000_000));
  const bytes = await zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
  assert.equal(unpacks(bytes), "fine");
  assert.ok(bytes.length < 50_000);
  const central = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  const saying = (size: number) => {
    const other = Buffer.from(bytes);
    other.writeUInt32LE(size, central + 24);
    return other;
  };
  assert.equal(unpacks(saying(1000)), "large", "it holds more than it says");
  assert.equal(unpacks(saying(MOST_BYTES + 1)), "large", "it says that it holds too much");
  await assert.rejects(readBook(saying(1000), 10), { code: "file_too_large" });
});

test("50,000 rows are read without the server's thread standing still for long", async () => {
  const bytes = await workbook(
    Array.from({ length: 50_000 }, (_, n) => [`Persona ${n}`, 600_000_000 + n, "nota"]),
  );
  await readBook(bytes, 10);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [sheet] = await readBook(bytes, 50_001);
  delay.disable();
  assert.equal(sheet?.rows.length, 50_000);
  // 50 ms is the goal; a machine with other work adds its own
  assert.ok(delay.percentile(99) / 1e6 < 200, `${delay.percentile(99) / 1e6} ms`);
});
