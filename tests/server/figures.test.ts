import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import exceljs from "exceljs";
import type { Call, Page, Stats } from "#contract";
import { answer, testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";

describe("figures, lists and the workbook", () => {
  let server: TestServer;
  let maria: Client;
  let luis: Client;
  before(async () => {
    server = await testServer();
    maria = await server.device({ name: "María López" });
    luis = await server.browser("supervisor");
    const sale = { disposition: "sale", saleAmount: 29.9 };
    const add = async (at: string, more: Parameters<typeof wholeCall>[2] = {}) => {
      server.setNow(at);
      // no wrap-up: each counts at the instant at which it ended
      await wholeCall(maria, new Date(at), { ...more, change: { wrapUpEndedAt: at, ...more.change } });
    };
    await add("2026-03-22T22:30:00Z"); // Sunday 23:30 in Madrid
    await add("2026-03-23T09:00:00Z", { change: sale, seconds: 90 }); // Monday 10:00
    await add("2026-03-23T15:00:00Z", { seconds: 10 }); // Monday 16:00, after the time of day below
    await add("2026-03-29T00:30:00Z"); // Sunday 01:30, the hour before the clocks go forward
    await add("2026-03-29T01:30:00Z"); // Sunday 03:30 in Madrid
    await add("2026-03-29T22:30:00Z"); // Monday 00:30 in Madrid, Sunday in UTC
    await add("2026-03-30T08:00:00Z", {
      change: { ...sale, saleAmount: 0.1, notes: "=1+1" },
      seconds: 120,
      start: { contact: { name: '=HYPERLINK("x")' } },
    });
    await add("2026-03-30T08:10:00Z", { change: { ...sale, saleAmount: 0.2 } });
    server.setNow("2026-03-30T10:00:00Z"); // Monday 12:00 in Madrid
  });
  after(() => server.close());

  test("today is the site's day, beside the same weekday up to the same time", async () => {
    const { body } = await answer<Stats>(luis.request("GET", "/api/stats"));
    assert.deepEqual([body.from, body.to, body.timeZone], ["2026-03-30", "2026-03-30", "Europe/Madrid"]);
    assert.deepEqual([body.totals.calls, body.totals.sales, body.totals.saleAmount], [3, 2, 0.3]);
    assert.deepEqual(body.totals.successRate, { value: 2 / 3, numerator: 2, denominator: 3 });
    assert.equal(body.weekBefore.calls, 1, "10:00 counts, 16:00 does not yet");
    assert.deepEqual([body.hours[0]?.calls, body.hours[10]?.calls, body.hours[10]?.sales], [1, 2, 2]);
    assert.deepEqual([body.hours[10]?.callsWeekBefore, body.hours[16]?.callsWeekBefore], [1, 1]);
    assert.deepEqual(
      body.days.map(({ day, calls }) => [day.slice(8), calls]),
      [
        ["24", 0],
        ["25", 0],
        ["26", 0],
        ["27", 0],
        ["28", 0],
        ["29", 2],
        ["30", 3],
      ],
    );
  });

  test("the day on which the clocks change has all of its calls, once", async () => {
    const { body } = await answer<Stats>(luis.request("GET", "/api/stats?from=2026-03-29&to=2026-03-29"));
    assert.equal(body.totals.calls, 2);
    assert.deepEqual([body.hours[1]?.calls, body.hours[2]?.calls, body.hours[3]?.calls], [1, 0, 1]);
  });

  test("an agent has the own figures, an executive all of them", async () => {
    const panel = await server.session(maria.userId, "panel");
    assert.equal((await answer<Stats>(panel.request("GET", "/api/stats?scope=me"))).body.totals.calls, 3);
    const boss = await server.browser("executive", { team: "Dirección" });
    assert.equal((await answer<Stats>(boss.request("GET", "/api/stats?scope=all"))).body.totals.calls, 3);
    assert.equal(
      (await answer<Stats>(boss.request("GET", "/api/stats?scope=team:Ventas Norte"))).body.totals.sales,
      2,
    );
    assert.equal(
      (await answer<Stats>(boss.request("GET", "/api/stats?scope=team:Dirección"))).body.totals.calls,
      0,
    );
  });

  test("calls are listed newest first, by the site's days, in pages", async () => {
    const { body } = await answer<Page<Call>>(
      luis.request("GET", "/api/calls?from=2026-03-23&to=2026-03-23&limit=1"),
    );
    assert.equal(body.items[0]?.startedAt, "2026-03-23T15:00:00.000Z");
    const { body: rest } = await answer<Page<Call>>(
      luis.request("GET", `/api/calls?from=2026-03-23&to=2026-03-23&limit=1&after=${body.next}`),
    );
    assert.equal(rest.items[0]?.startedAt, "2026-03-23T09:00:00.000Z");
    const { body: sales } = await answer<Page<Call>>(luis.request("GET", "/api/calls?disposition=sale"));
    assert.equal(sales.items.length, 3);
  });

  test("the workbook has real dates, durations and amounts, and no formula out of a name", async () => {
    const response = await luis.request("GET", "/api/exports/calls.xlsx?from=2026-03-30&to=2026-03-30");
    assert.match(response.headers.get("content-disposition") ?? "", /llamadas_2026-03-30/);
    const book = new exceljs.Workbook();
    await book.xlsx.load(await response.arrayBuffer());
    const sheet = book.getWorksheet("Llamadas") ?? assert.fail("a sheet in Spanish");
    assert.equal(sheet.rowCount, 4);
    const header = sheet.getRow(1).values as string[];
    const cell = (row: number, name: string) => sheet.getRow(row).getCell(header.indexOf(name));
    const start = cell(3, "Inicio");
    assert.deepEqual(start.value, new Date("2026-03-30T10:00:00Z"), "10:00 on the site's clock");
    assert.match(start.numFmt, /yyyy/);
    assert.equal(cell(3, "Importe").value, 0.1);
    assert.match(cell(3, "Importe").numFmt, /EUR/);
    assert.equal(cell(3, "Contacto").value, '=HYPERLINK("x")');
    assert.equal(cell(3, "Contacto").type, exceljs.ValueType.String);
    assert.equal(cell(3, "Notas").type, exceljs.ValueType.String);
    assert.equal(cell(3, "En espera").value, null, "what nobody observed is left out");
    assert.notEqual(cell(3, "Trabajo posterior").value, null);
    const talk = cell(3, "Conversación").value;
    const days = talk instanceof Date ? (talk.getTime() - Date.UTC(1899, 11, 30)) / 86_400_000 : Number(talk);
    assert.ok(Math.abs(days * 86_400 - 120) < 0.01);
    const english = await luis.request("GET", "/api/exports/calls.xlsx", undefined, {
      "accept-language": "en",
    });
    const other = new exceljs.Workbook();
    await other.xlsx.load(await english.arrayBuffer());
    assert.equal(other.getWorksheet("Calls")?.rowCount, 9);
  });
});
