import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import ExcelJS from "exceljs";
import { endpoints } from "#contract";
import { AppError } from "../../server/errors.ts";
import { markOf, smallCompany, type Company, type Person } from "./permissions/company.ts";
import { rows } from "./permissions/rows.ts";
import {
  endpointOf,
  expected,
  SEES,
  WHO,
  WHOSE,
  type Row,
  type Who,
  type Whose,
} from "./permissions/table.ts";

const KINDS = ["call", "contact"] as const;
/** What lists have of everybody, each with such a call. */
const LISTED = [...KINDS, "clip", "remark", "heldCall", "trashedCall"] as const;

describe("every route, whoever asks, for whatever it is", () => {
  let company: Company;
  before(async () => {
    company = await smallCompany();
    for (const owner of Object.values(company.people))
      for (const kind of LISTED) await company.thing(kind, owner, false);
  });
  after(() => company.server.close());

  test("every route of the OpenAPI document has its row", async () => {
    const document = await company.server.anonymous.request("GET", "/api/openapi.json");
    const { paths } = (await document.json()) as { paths: Record<string, Record<string, object>> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
    );
    assert.equal(routes.length, endpoints.length);
    const without = routes.filter((route) => !(route in rows));
    const advice = without.map(
      (route) => `  "${route}": {}, // or { of: <what its path names>, lists: <what it lists>, send, but }`,
    );
    assert.deepEqual(
      without,
      [],
      `Who may use it? Add to tests/server/permissions/*.rows.ts:\n${advice.join("\n")}`,
    );
    const gone = Object.keys(rows).filter((route) => !routes.includes(route));
    assert.deepEqual(gone, [], "these routes are no more: take out their rows");
  });

  for (const [route, written] of Object.entries(rows))
    for (const [i, row] of [written].flat().entries())
      test(`${route}${i === 0 ? "" : ` (${i + 1})`}`, async () => {
        const wrong: string[] = [];
        for (const who of WHO)
          for (const whose of row.of ? WHOSE : (["own"] as const))
            for (const owner of ownersOf(who, whose))
              wrong.push(...(await tryOne(route, row, who, whose, owner)));
        assert.equal(wrong.length, 0, wrong.join("\n"));
        const unexpected = company.server.errors.splice(0).filter((error) => !(error instanceof AppError));
        assert.deepEqual(unexpected, [], "nothing unexpected happened");
      });

  /** Whose things these are; nobody's where they are absent. */
  function ownersOf(who: Who, whose: Whose): (Person | null)[] {
    const { pablo, carla, eva } = company.people;
    return { own: [company.personOf(who)], team: [pablo], other: [carla, eva], absent: [null] }[whose];
  }

  /** Sends one request and tells what is wrong with its answer. */
  async function tryOne(
    route: string,
    row: Row,
    who: Who,
    whose: Whose,
    owner: Person | null,
  ): Promise<string[]> {
    const endpoint = endpointOf(route);
    if (!endpoint) return [`${route} is not in the contract`];
    const status = expected(endpoint, row, who, whose);
    const changes = endpoint.method !== "get" && ![401, 403, 404].includes(status);
    const kind = row.of ?? "agent";
    const named = owner ? await company.thing(kind, owner, changes) : company.absent(kind);
    const client = await company.sessionOf(who);
    const send = async (to: typeof named) => {
      const { query, body, headers } = row.send?.(to) ?? {};
      const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => to.params[name] ?? to.id);
      const asked = await client.request(
        endpoint.method.toUpperCase(),
        query === undefined ? path : `${path}?${encodeURI(query)}`,
        body,
        headers,
      );
      return { status: asked.status, text: await textOf(asked) };
    };
    const got = await send(named);
    const cell = `${who}, ${whose}${owner && whose === "other" ? ` (${owner.team})` : ""}`;
    const wrong: string[] = [];
    if (got.status !== status)
      wrong.push(`${cell}: expected ${status}, got ${got.status} ${got.text.slice(0, 200)}`);
    // under an id that is nobody's, some things can be made
    const hides = got.status === 404 && whose !== "absent" && expected(endpoint, row, who, "absent") === 404;
    if (hides && (await send(company.absent(kind))).text !== got.text)
      wrong.push(`${cell}: the 404 of what is there differs from that of what is not`);
    return [...wrong, ...shownWrongly(got.text, row, who, got.status).map((what) => `${cell}: ${what}`)];
  }

  /** Calls and contacts that an answer shows and must not, or a list lacks. */
  function shownWrongly(text: string, row: Row, who: Who, status: number): string[] {
    return KINDS.flatMap((kind) =>
      (["own", "team", "other"] as const).flatMap((whose) =>
        ownersOf(who, whose).flatMap((owner) => {
          const shown = owner !== null && text.includes(markOf(kind, owner));
          const may = SEES[kind][who].includes(whose);
          if (shown && !may) return [`shows the ${kind} of ${owner.key}`];
          return !shown && may && row.lists === kind && status < 300
            ? [`lacks the ${kind} of ${owner?.key}`]
            : [];
        }),
      ),
    );
  }
});

/** All the words of an answer: a workbook's cells, the first frame of what goes on; nothing of sound. */
async function textOf(answer: Response): Promise<string> {
  const type = answer.headers.get("content-type") ?? "";
  if (type.startsWith("audio/")) {
    await answer.body?.cancel();
    return "";
  }
  if (type.includes("spreadsheet")) {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await answer.arrayBuffer());
    return JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()));
  }
  if (!type.startsWith("text/event-stream")) return answer.text();
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}
