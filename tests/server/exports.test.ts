import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import exceljs from "exceljs";
import { parse } from "csv-parse/sync";
import JSZip from "jszip";
import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { ExportInput, Job } from "#contract";
import { openSqlite } from "../../server/db/sqlite.ts";
import { make } from "../../server/exports/make.ts";
import { exportQueries } from "../../server/exports/queries.ts";
import type { Order } from "../../server/exports/source.ts";
import { dialects, noting } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
import { answer, testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";

/** A duration, as exceljs reads it or LibreOffice writes it (as a time of day), in whole seconds. */
function secondsOf(value: unknown): number {
  if (value instanceof Date) return Math.round((value.getTime() - Date.UTC(1899, 11, 30)) / 1000);
  const [, hours = 0, minutes, seconds] = /^(\d+):(\d+):([\d.]+)/.exec(String(value)) ?? [];
  const morning = String(value).endsWith("AM") && Number(hours) === 12;
  return Math.round((morning ? 0 : Number(hours)) * 3600 + Number(minutes) * 60 + Number(seconds));
}

const OFFICE = spawnSync("soffice", ["--version"]).status === 0;

for (const { name, open } of dialects)
  describe(`exports on ${name}`, () => {
    let server: TestServer;
    let [maria, eva, luis, boss]: Client[] = [];
    const folder = mkdtemp(join(tmpdir(), "callmanager-export-"));

    before(async () => {
      server = await testServer({ store: await open() });
      server.setNow("2026-03-30T18:00:00Z");
      [maria, eva, luis, boss] = [
        await server.device({ name: "María", team: "Norte" }),
        await server.device({ name: "Eva", team: "Sur / Ventas [1]" }),
        await server.browser("supervisor", { team: "Norte" }),
        await server.browser("executive", { team: "Norte", name: "=Dirección" }),
      ];
      for (const [device, calls] of [
        [maria, 3],
        [eva, 2],
      ] as const)
        for (let n = 0; n < calls; n++)
          await wholeCall(device ?? assert.fail(), new Date(Date.UTC(2026, 2, 30, 8 + n)), {
            start: { contact: { name: `=SUM(${n})`, phone: "+34 600 111 222" }, campaign: "Fibra" },
            seconds: 61 + n,
            change: { disposition: "sale", saleAmount: 10.5 + n, notes: 'dos\nlíneas; «comillas» "dobles"' },
          });
    });
    after(async () => {
      await server.close();
      await rm(await folder, { recursive: true });
    });

    const DAYS = { from: "2026-03-30", to: "2026-03-30" };
    async function exported(
      client: Client | undefined,
      input: ExportInput,
      language = "es",
    ): Promise<Buffer> {
      const asked = await answer<Job>(
        (client ?? assert.fail()).request("POST", "/api/exports", input, { "accept-language": language }),
      );
      assert.equal(asked.status, 201, JSON.stringify(asked.body));
      const job = await eventually("the export", async () => {
        const { body } = await answer<Job>(
          client?.request("GET", `/api/jobs/${asked.body.id}`) ?? assert.fail(),
        );
        assert.notEqual(body.state, "failed");
        return body.state === "done" ? body : null;
      });
      assert.equal(job.done, job.total);
      const file = await client?.request("GET", `/api/jobs/${job.id}/file`);
      assert.match(file?.headers.get("content-disposition") ?? "", /^attachment; /);
      return Buffer.from((await file?.arrayBuffer()) ?? assert.fail());
    }
    const bookOf = async (bytes: Buffer): Promise<exceljs.Workbook> => {
      const book = new exceljs.Workbook();
      await book.xlsx.load(bytes as unknown as exceljs.Buffer);
      return book;
    };
    const row = (sheet: exceljs.Worksheet, n: number): unknown[] =>
      (sheet.getRow(n).values as unknown[]).slice(1);

    test("a sheet a team, behind a cover that says what it is and sums all of them", async () => {
      const book = await bookOf(
        await exported(boss, { kind: "calls", filters: { ...DAYS, campaign: "Fibra" } }),
      );
      assert.deepEqual(
        book.worksheets.map(({ name }) => name),
        ["Portada", "Norte", "Sur   Ventas  1"],
      );
      const [cover, norte, sur] = book.worksheets as [
        exceljs.Worksheet,
        exceljs.Worksheet,
        exceljs.Worksheet,
      ];
      const said = cover
        .getSheetValues()
        .flat()
        .filter((value) => typeof value === "string");
      for (const text of ["Llamadas", "2026-03-30", "campaña: Fibra", "=Dirección", "2026-03-30 20:00:00"])
        assert.ok(said.includes(text), text);
      assert.equal(norte.rowCount, 6);
      assert.deepEqual(norte.views[0]?.state, "frozen");
      assert.equal(norte.autoFilter, "A1:P4");
      const [head, first, totals] = [row(norte, 1), row(norte, 2), row(norte, 6)];
      const at = (name: string) => head.indexOf(name);
      assert.deepEqual(first[at("Inicio")], new Date("2026-03-30T10:00:00Z"), "the reader's clock");
      assert.equal(first[at("Contacto")], "=SUM(0)");
      assert.equal(norte.getCell("D2").type, exceljs.ValueType.String);
      assert.match(norte.getCell(2, at("Conversación") + 1).numFmt, /\[h\]/);
      const amount = totals[at("Importe")] as exceljs.CellFormulaValue;
      assert.deepEqual([amount.formula, amount.result], ["SUBTOTAL(109,L2:L4)", 34.5]);
      const last = row(cover, cover.rowCount) as (exceljs.CellFormulaValue | string)[];
      assert.equal(last[0], "Total");
      const sums = last.slice(1) as exceljs.CellFormulaValue[];
      assert.deepEqual(
        [sums[0]?.result, secondsOf(sums[1]?.result), sums[4]?.result],
        [5, 61 + 62 + 63 + 61 + 62, 56.5],
      );
      assert.equal(row(sur, 2)[at("Agente")], "Eva");
    });

    test("each sees the own, in the own language; another's team is absent", async () => {
      const english = await bookOf(await exported(luis, { kind: "calls", filters: DAYS }, "en"));
      assert.deepEqual(
        english.worksheets.map(({ name }) => name),
        ["Cover", "Norte"],
      );
      const own = await server.session(eva?.userId ?? "", "browser");
      const agents = await bookOf(await exported(own, { kind: "calls", filters: DAYS }));
      assert.deepEqual([agents.worksheets.length, agents.worksheets[1]?.rowCount], [2, 5]);
      const theirs = { kind: "calls", filters: { ...DAYS, scope: "team:Sur / Ventas [1]" } };
      assert.equal((await luis?.request("POST", "/api/exports", theirs))?.status, 404);
      assert.equal(
        (await maria?.request("POST", "/api/exports", { kind: "calls", filters: DAYS }))?.status,
        403,
      );
      const wrong = { kind: "calls", filters: { from: "2026-03-31", to: "2026-03-30" } };
      assert.equal((await luis?.request("POST", "/api/exports", wrong))?.status, 422);
    });

    test("agents: every rate with what it is made of, by formula", async () => {
      const book = await bookOf(await exported(boss, { kind: "agents", filters: DAYS }));
      const sheet = book.getWorksheet("Norte") ?? assert.fail();
      const head = row(sheet, 1);
      const maria = sheet.getSheetValues().find((values) => Array.isArray(values) && values[1] === "María");
      const of = (name: string) => (maria as unknown[])[head.indexOf(name) + 1];
      assert.deepEqual([of("Llamadas"), of("Contactos"), of("Ventas"), of("Importe")], [3, 3, 3, 34.5]);
      const rate = of("Ventas / contactos") as exceljs.CellFormulaValue;
      assert.match(rate.formula, /^IF\(D\d+=0,"",E\d+\/D\d+\)$/);
      assert.equal(rate.result, 1);
      const average = of("Gestión media (AHT)") as exceljs.CellFormulaValue;
      assert.ok(secondsOf(average.result) >= 62);
    });

    test("time sheets mark what was corrected; recordings and questions have their columns", async () => {
      const declared = { state: "available", at: "2026-03-30T07:00:00Z" };
      assert.equal((await maria?.request("POST", "/api/agents/me/state", declared))?.status, 204);
      const forgotten = {
        id: uuidv7(),
        state: "paused",
        reason: "Comida",
        since: "2026-03-30T12:00:00Z",
        why: "avisó",
      };
      const path = `/api/agents/${maria?.userId}/states`;
      assert.equal((await luis?.request("POST", path, forgotten))?.status, 201);
      const book = await bookOf(await exported(luis, { kind: "time", filters: DAYS }));
      const sheet = book.getWorksheet("Norte") ?? assert.fail();
      const rows = (sheet.getSheetValues() as unknown[][]).filter((values) => values?.[4] === "Comida");
      assert.deepEqual(
        rows.map((values) => [values[3], values[8], values[10]]),
        [["En pausa", "Sí", "avisó"]],
      );
      for (const kind of ["recordings", "ai"] as const)
        assert.equal(
          (await bookOf(await exported(boss, { kind, filters: DAYS }))).worksheets[0]?.name,
          "Portada",
        );
    });

    test("a team without rows has no sheet, and the cover names it; sums hold no cell of their own", async () => {
      await server.person("admin", { team: "Oficina" });
      for (const kind of ["agents", "time"] as const) {
        const book = await bookOf(await exported(boss, { kind, filters: DAYS }));
        const names = book.worksheets.map(({ name }) => name);
        assert.deepEqual(names, ["Portada", "Norte", "Sur   Ventas  1"], kind);
        const said = book.worksheets[0]?.getSheetValues() as unknown[][];
        assert.equal(said.find((row) => row?.[1] === "Equipos sin filas")?.[2], "Oficina");
        const before = { from: "2026-03-01", to: "2026-03-01" };
        const filters = { ...before, agent: boss?.userId ?? "" };
        const none = await bookOf(await exported(boss, { kind, filters }));
        assert.deepEqual(
          none.worksheets.map(({ name }) => name),
          ["Portada"],
        );
        const cover = none.worksheets[0] ?? assert.fail();
        const { formula } = cover.getCell(cover.rowCount, 2).value as exceljs.CellFormulaValue;
        assert.equal(formula, `SUM(B${cover.rowCount - 1}:B${cover.rowCount - 1})`);
      }
    });

    test("CSV has the same columns, and no cell that a program calculates", async () => {
      const input = { kind: "calls", format: "csv", filters: DAYS } as const;
      const text = (await exported(luis, input)).toString("utf8");
      assert.ok(text.startsWith("\uFEFF"));
      const [head = [], first = []] = parse(text, { delimiter: ";", bom: true });
      const of = (name: string) => first[head.indexOf(name)];
      assert.deepEqual(["Inicio", "Contacto", "Teléfono", "Conversación", "Importe", "Notas"].map(of), [
        "2026-03-30 10:00:00",
        "'=SUM(0)",
        "'+34 600 111 222",
        "0:01:01",
        "10,5",
        'dos\nlíneas; «comillas» "dobles"',
      ]);
    });

    test("beyond the rows of one workbook there are several in one ZIP", async () => {
      const order: Order = {
        kind: "calls",
        format: "xlsx",
        filters: DAYS,
        scope: { by: "all" },
        language: "es",
        timeZone: "Europe/Madrid",
        currency: "EUR",
        exportedBy: "Ana",
        now: server.now().getTime(),
        layout: "report",
        folder: await folder,
        rowsEach: 2,
      };
      const made = await make(order, server.deps, () => undefined);
      assert.deepEqual(made, { file: "export.zip", fileName: "llamadas_2026-03-30.zip", rows: 5 });
      const zip = await JSZip.loadAsync(await readFile(join(await folder, made.file)));
      const names = Object.keys(zip.files);
      assert.deepEqual(
        names,
        [1, 2, 3].map((n) => `llamadas_2026-03-30_${n}.xlsx`),
      );
      const rows: number[] = [];
      for (const file of names) {
        const book = await bookOf((await zip.file(file)?.async("nodebuffer")) ?? assert.fail());
        rows.push(book.worksheets.slice(1).reduce((all, sheet) => all + sheet.rowCount - 3, 0));
      }
      assert.deepEqual(rows, [2, 2, 1]);
      const stop = AbortSignal.abort(new Error("stop"));
      await assert.rejects(
        make(order, server.deps, () => undefined, stop),
        /stop/,
      );
    });

    test(
      "it opens in LibreOffice, which comes to the sums that SQL comes to",
      { skip: !OFFICE },
      async () => {
        const at = await folder;
        const bytes = await exported(boss, { kind: "calls", filters: DAYS });
        const { writeFile } = await import("node:fs/promises");
        await writeFile(join(at, "totals.xlsx"), bytes);
        // every sheet as a file of its own, all formulas worked out anew
        const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
        const { status, stderr } = spawnSync(
          "soffice",
          [
            `-env:UserInstallation=file://${at}/profile`,
            "--headless",
            "--convert-to",
            filter,
            "--outdir",
            at,
            join(at, "totals.xlsx"),
          ],
          { encoding: "utf8", timeout: 120_000 },
        );
        assert.equal(status, 0, stderr);
        const sheet = async (name: string) =>
          parse(await readFile(join(at, `totals-${name}.csv`)), { relax_column_count: true });
        const cover = await sheet("Portada");
        const norte = await sheet("Norte");
        const { calls } = server.deps.store.tables;
        const [all] = await server.deps.store.db
          .select({
            amount: sql<number>`sum(${calls.saleAmount})`,
            talk: sql<number>`sum(${calls.talkSeconds})`,
          })
          .from(calls);
        const [, rows, talk, , , amount] = cover.at(-1) ?? [];
        assert.equal(Number(rows), 5);
        assert.equal(secondsOf(talk), Number(all?.talk));
        assert.equal(Number.parseFloat(amount ?? ""), Number(all?.amount));
        assert.equal(norte.at(-1)?.[0], "Total");
        assert.equal(Number.parseFloat(norte.at(-1)?.[11] ?? ""), 34.5);
      },
    );

    test("every query runs", async () => {
      const called = new Set<string>();
      const all = exportQueries(server.deps.store);
      const queries = noting("exports", all, called);
      const scope = { by: "all" } as const;
      const asks = server.deps.store.tables.asks;
      const askedAt = new Date("2026-03-30T09:00:00Z");
      const ask = { agentId: maria?.userId ?? "", model: "llama3", outcome: "done", askedAt };
      await server.deps.store.together((db) => [
        db.insert(asks).values([1, 2, 3].map(() => ({ ...ask, id: uuidv7() }))),
      ]);
      for (const [groups, counted, rows, count] of [
        ["callGroups", "callCount", "callRows", 3],
        ["recordingGroups", "recordingCount", "recordingRows", 0],
        ["askGroups", "askCount", "askRows", 3],
      ] as const) {
        const span = { campaign: undefined, agent: maria?.userId };
        const found = await queries[groups](scope, span);
        assert.equal(await queries[counted](scope, span), count);
        assert.equal(found.length, count === 0 ? 0 : 1);
        const of = found[0] ?? { team: null, teamId: "", agentId: "", agent: "" };
        const first = await queries[rows](of, {}, null, 2);
        const rest = await queries[rows](of, {}, first.at(-1) ?? { at: new Date(), id: "" }, 2);
        assert.equal(new Set([...first, ...rest].map(({ id }) => id)).size, count, rows);
      }
      assert.equal((await queries.cards()).size, 0);
      assert.equal((await queries.people(scope, maria?.userId)).length, 1);
      assert.equal(await queries.nameOf(uuidv7()), null);
      assert.deepEqual(
        Object.keys(all).filter((query) => !called.has(`exports.${query}`)),
        [],
      );
    });
  });

test("a thread with its own connection writes it; cancelled, it leaves nothing", async () => {
  const at = await mkdtemp(join(tmpdir(), "callmanager-export-"));
  const server = await testServer({ store: openSqlite(join(at, "calls.db")) });
  server.setNow("2026-03-30T18:00:00Z");
  const device = await server.device();
  for (let n = 0; n < 3; n++) await wholeCall(device, new Date(Date.UTC(2026, 2, 30, 8 + n)));
  const boss = await server.browser("executive");
  const filters = { from: "2026-03-30", to: "2026-03-30" };
  const ask = async () =>
    (await answer<Job>(boss.request("POST", "/api/exports", { kind: "calls", filters }))).body;
  const ended = (id: string) =>
    eventually("its end", async () => {
      const { body } = await answer<Job>(boss.request("GET", `/api/jobs/${id}`));
      return body.state === "queued" || body.state === "running" ? null : body;
    });
  const job = await ended((await ask()).id);
  assert.deepEqual([job.state, job.done, job.total], ["done", 3, 3]);
  const now = await boss.request("GET", "/api/exports/calls.xlsx");
  const book = new exceljs.Workbook();
  await book.xlsx.load(await now.arrayBuffer());
  assert.equal(book.getWorksheet("Llamadas")?.rowCount, 4);
  const cancelled = await ask();
  await boss.request("DELETE", `/api/jobs/${cancelled.id}`);
  await eventually("its folder to go", async () =>
    (await readdir(join(server.data, "jobs"))).every(
      (id) => id === job.id || !existsSync(join(server.data, "jobs", id)),
    ),
  );
  assert.deepEqual(server.errors, []);
  await server.close();
  await rm(at, { recursive: true });
});
