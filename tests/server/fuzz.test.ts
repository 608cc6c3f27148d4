import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { endpoints } from "#contract";
import { AppError } from "../../server/errors.ts";
import { dialects } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
import { fakeOllama, type FakeOllama } from "../support/ollama.ts";
import type { Client } from "../support/server.ts";
import { plans, ready, type Plan, type Ready } from "./fuzz/requests.ts";
import { smallCompany, type Company } from "./permissions/company.ts";
import { THINGS, WHO, type Who } from "./permissions/table.ts";

/** `FUZZ_REQUESTS=200000 FUZZ_SEED=7` looks for longer, or again at what was found. */
const REQUESTS = Number(process.env["FUZZ_REQUESTS"] ?? 20_000);
const SEED = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
const PATIENCE_MS = 60_000;
/** What the heap may grow by between a quarter of the requests and all of them. */
const GROWTH_BYTES = 12 * 2 ** 20;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
function heapUsed(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

for (const { name, open } of dialects)
  describe(`every route, whatever is sent, on ${name}`, () => {
    let company: Company;
    let ollama: FakeOllama;
    const clients = new Map<Who, Client>();
    const answered = new Map<string, Map<number, number>>();

    before(async () => {
      ollama = await fakeOllama({ pullTickMs: 1 });
      company = await smallCompany({ env: { OLLAMA_URL: ollama.url }, store: await open() });
      // before anything is changed that they need
      for (const owner of Object.values(company.people))
        for (const kind of THINGS) await company.thing(kind, owner, false);
      for (const who of WHO) clients.set(who, await company.sessionOf(who));
    });
    after(async () => {
      await company.server.close();
      await ollama.close();
    });

    /** Sends it and reads the answer, or the beginning of one that goes on. */
    async function send(client: Client, { method, path, body, headers }: Ready) {
      const response = await client.request(method, path, body, headers);
      const type = response.headers.get("content-type") ?? "";
      if (!type.startsWith("text/event-stream")) return { response, text: await response.text() };
      const reader = response.body?.getReader();
      await reader?.read();
      await reader?.cancel();
      return { response, text: "" };
    }

    async function tryOne(plan: Plan): Promise<void> {
      const client = clients.get(plan.who);
      const request = await ready(plan, company);
      const what = `${plan.who}: ${request.method} ${request.path.slice(0, 300)} ${JSON.stringify(request.headers)}`;
      if (!client) return;
      const { response, text } = await soon(send(client, request), what);
      const { status } = response;
      const seen = answered.get(plan.route) ?? new Map<number, number>();
      answered.set(plan.route, seen.set(status, (seen.get(status) ?? 0) + 1));
      if (status >= 500)
        throw new Error(`${what} → ${status} ${text}`, { cause: company.server.errors.at(-1) });
      if (status === 401) clients.set(plan.who, await company.sessionOf(plan.who));
      if (status < 400 || request.method === "HEAD") return;
      const body = `${what} → ${status} ${text.slice(0, 300)}`;
      assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/, body);
      const { code, hint, detail } = JSON.parse(text) as Record<string, unknown>;
      assert.ok(typeof code === "string" && typeof hint === "string" && typeof detail === "string", body);
      if (status === 429) assert.ok(Number(response.headers.get("retry-after")) > 0, body);
    }

    // PGlite is slower by far, and only what reaches the database is another
    const share = name === "SQLite" ? 1 : 0.05;
    const count = Math.round((REQUESTS * share) / 4) * 4;
    test(`${count} requests: no 5xx, no hang, no growth`, { timeout: 580_000 }, async (t) => {
      t.diagnostic(`FUZZ_SEED=${SEED}`);
      const resources = () => process.getActiveResourcesInfo().length;
      const before = resources();
      let grownFrom = 0;
      for (let quarter = 0; quarter < 4; quarter++) {
        await fc.assert(fc.asyncProperty(plans, tryOne), {
          seed: SEED + quarter,
          numRuns: count / 4,
          endOnFailure: true,
        });
        if (quarter === 0) grownFrom = heapUsed();
      }
      const growth = heapUsed() - grownFrom;
      t.diagnostic(`heap: ${Math.round(growth / 1024)} KiB more than after a quarter`);
      assert.ok(growth < GROWTH_BYTES, `the heap grew by ${growth} bytes`);
      const unexpected = company.server.errors.filter((error) => !(error instanceof AppError));
      assert.deepEqual(unexpected, [], "nothing unexpected happened");
      await eventually("what was opened to be closed", () => resources() <= before + 2);

      if (share < 1) return;
      // else it would say nothing: requests must get past the checks, too
      const counts = [...answered.values()].flatMap((seen) => [...seen]);
      const sum = (from: number, to: number) =>
        counts.reduce((all, [status, n]) => all + (status >= from && status < to ? n : 0), 0);
      const reached = endpoints.filter(({ method, path }) =>
        [...(answered.get(`${method.toUpperCase()} ${path}`)?.keys() ?? [])].some((status) => status < 300),
      );
      t.diagnostic(
        `2xx: ${sum(200, 300)}, 4xx: ${sum(400, 500)}; ${reached.length} of ${endpoints.length} routes did something`,
      );
      assert.equal(answered.size, endpoints.length, "every route was asked");
      assert.ok(reached.length > endpoints.length * 0.8, "most of them did what they are for");
    });
  });

async function soon<T>(work: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`no answer in ${PATIENCE_MS} ms: ${what}`)),
    PATIENCE_MS,
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
