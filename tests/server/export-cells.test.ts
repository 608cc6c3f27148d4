import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { PassThrough, Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import JSZip from "jszip";
import { openBook } from "../../server/exports/book.ts";
import { dateCell, readable, textCell, type Column } from "../../server/exports/cells.ts";
import { csvRows, plainCell, safeCell } from "../../server/exports/csv.ts";
import { sheetNames } from "../../server/exports/sheet-names.ts";

const column: Column = { key: "text", header: { es: "Texto", en: "Text" }, width: 20, kind: "text" };
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .tuple(fc.constantFrom("=", "+", "-", "@", "\t", "'=", "=cmd|' /C calc'!A0"), fc.string())
    .map((p) => p.join("")),
  fc.constantFrom("_x0041_", "<c>&amp;]]>", "\u202E", "🙂".repeat(5), "\uD800x", "a\uFFFFb"),
);
/** What Excel makes of the one escape that it knows. */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const resolved = (xml: string): string =>
  xml
    .replace(/\r\n?/g, "\n")
    .replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? assert.fail(`&${name};`));
/** What of a text a workbook can hold at all: XML knows no such characters, and one kind of line end. */
const holdable = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g, "")
    .replace(/\r\n?/g, "\n");

describe("a text in a cell", () => {
  test("comes back as it was, and never as a formula", async () => {
    const texts = fc.sample(hostile, 500).filter((text) => holdable(text) !== "");
    const output = new PassThrough();
    const whole = buffer(output);
    const book = openBook(output, "es", "EUR");
    const sheet = book.sheet("Hoja", [column]);
    for (const text of texts) sheet.add([text]);
    const finished = sheet.end();
    book.cover({ title: "T", about: [["=x", "=y"]] }, [finished], [column]);
    await book.close();
    // as it stands in the file: exceljs' reader resolves `&amp;amp;` twice
    const zip = await JSZip.loadAsync(await whole);
    const [page = "", cover = ""] = await Promise.all(
      [1, 2].map((n) => zip.file(`xl/worksheets/sheet${n}.xml`)?.async("text") ?? Promise.resolve("")),
    );
    assert.doesNotMatch(page, /<f[ >]/);
    for (const [i, text] of texts.entries()) {
      const cell = new RegExp(`<c r="A${i + 2}"(?: s="\\d+")? t="str"><v>([^<]*)</v></c>`).exec(page);
      assert.ok(cell, JSON.stringify(text));
      assert.equal(unescaped(resolved(cell[1] ?? "")), holdable(text));
    }
    assert.match(cover, /<c r="B3" t="str"><v>=y<\/v>/);
  });

  test("is cut where a cell ends", () => assert.equal(textCell("x".repeat(40_000)).length, 32_767));

  test("is in a CSV what it was, behind an apostrophe where a program would calculate", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const safe = safeCell(text);
        assert.doesNotMatch(safe, /^[=+\-@\t\r]/);
        assert.equal(plainCell(safe), text);
      }),
    );
    assert.equal(csvRows([["a;b", 'c"d']], "es"), '"a;b";"c""d"\r\n');
    assert.equal(csvRows([["a;b", "c"]], "en"), '"a;b","c"\r\n');
  });
});

test("rows wait for whoever takes the workbook, and learn that nobody does any more", async () => {
  const output = new Writable({ write: () => undefined });
  const book = openBook(output, "es", "EUR");
  const sheets = ["Norte", "Sur"].map((name) => book.sheet(name, [column]));
  let rows = 0;
  const filled = sheets.map(async (sheet) => {
    for (; rows < 50_000; rows++) {
      sheet.add([randomBytes(1500).toString("base64")]);
      if (sheet.full()) await sheet.ready();
    }
  });
  const ended = Promise.allSettled(filled);
  for (let before = -1; before !== rows; await wait(100)) before = rows;
  assert.ok(rows < 10_000, `${rows} rows`);
  output.destroy(new Error("no room"));
  assert.deepEqual(
    (await ended).map((one) => one.status === "rejected" && String(one.reason)),
    ["Error: no room", "Error: no room"],
  );
});

test("names of sheets are such as Excel takes, and no two alike", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(hostile, fc.constantFrom("Norte", "NORTE", "norte", "History", "x".repeat(40)))),
      (names) => {
        const given = names.map(sheetNames("Sin equipo"));
        assert.equal(new Set(given.map((name) => name.toLowerCase())).size, names.length);
        for (const name of given) {
          assert.ok(name.length > 0 && name.length <= 31, name);
          assert.doesNotMatch(name, /[[\]:*?/\\]|^'|'$/);
          assert.ok(name.isWellFormed());
          assert.notEqual(name.toLowerCase(), "history");
        }
      },
    ),
  );
});

test("an instant stands as the reader's clock shows it, also when the clock is set", () => {
  const at = (instant: string, zone: string) => readable(dateCell(new Date(instant), zone) ?? 0);
  assert.equal(at("2026-03-29T00:59:59Z", "Europe/Madrid"), "2026-03-29 01:59:59");
  assert.equal(at("2026-03-29T01:00:00Z", "Europe/Madrid"), "2026-03-29 03:00:00");
  assert.equal(at("2026-10-25T01:30:00Z", "Europe/Madrid"), "2026-10-25 02:30:00");
  assert.equal(at("2026-03-29T12:15:00Z", "Asia/Kathmandu"), "2026-03-29 18:00:00");
});
