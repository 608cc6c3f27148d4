import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Call, Page, PairingCode, Problem, Recording, User } from "#contract";
import { dataFolder, startServer } from "./process.ts";
import { PASSWORD } from "./server.ts";

/** A real server process with María in it, and a way to look at it as her admin. Gone with the test or bench. */
export async function company(t: Pick<TestContext, "after">, env: Record<string, string> = {}) {
  const folder = await dataFolder();
  let server = await startServer(folder.path, env);
  const { url, setupToken } = server;
  t.after(async () => {
    await server.stop();
    await folder.remove();
  });
  const raw = (method: string, path: string, body: object | null, cookie: string) =>
    fetch(url + path, {
      method,
      headers: { "content-type": "application/json", origin: url, cookie },
      body: body && JSON.stringify(body),
    });
  const ask = async (method: string, path: string, body: object | null, cookie = "") => {
    const response = await raw(method, path, body, cookie);
    assert.ok(response.ok, `${path}: ${response.status}`);
    return { body: await response.json(), cookie: response.headers.get("set-cookie") ?? "" };
  };
  const admin = { name: "Ana", email: "ana@example.com", password: PASSWORD };
  const setup = await ask("POST", "/api/setup", { token: setupToken, ...admin });
  const cookie = setup.cookie.split(";")[0] ?? "";
  const agent = { name: "María", email: "m@example.com", password: PASSWORD, role: "agent" };
  const place = { team: "Norte", site: "Madrid" };
  const maria = (await ask("POST", "/api/users", { ...agent, ...place }, cookie)).body as User;
  const get = async (path: string) => (await ask("GET", path, null, cookie)).body;
  /** All pages of a list. */
  const all = async <T>(path: string): Promise<T[]> => {
    const items: T[] = [];
    for (let after = ""; ;) {
      const page = (await get(`${path}?limit=200${after}`)) as Page<T>;
      items.push(...page.items);
      if (page.next === null) return items;
      after = `&after=${page.next}`;
    }
  };
  return {
    url,
    cookie,
    maria,
    get,
    /** Where all of its data lies, and what it printed. */
    folder: folder.path,
    output: () => server.output(),
    /** What the admin is refused. */
    refused: async (method: string, path: string, body: object) => {
      const response = await raw(method, path, body, cookie);
      assert.ok(!response.ok, `${path}: ${response.status}`);
      return (await response.json()) as Problem;
    },
    bytes: async (path: string) => (await raw("GET", path, null, cookie)).arrayBuffer(),
    /** Something that the admin changes. */
    change: async <T>(method: string, path: string, body: object) =>
      (await ask(method, path, body, cookie)).body as T,
    /** A pairing code for María. */
    code: async () =>
      ((await ask("POST", "/api/pairing-codes", { userId: maria.id }, cookie)).body as PairingCode).code,
    calls: async () => ((await get("/api/calls")) as Page<Call>).items,
    recordings: async () => ((await get("/api/recordings")) as Page<Recording>).items,
    allCalls: () => all<Call>("/api/calls"),
    allRecordings: () => all<Recording>("/api/recordings"),
    /** Takes the server away, as a power cut would. */
    unplug: () => server.kill(),
    /** Brings it back at the same address with what it had. */
    replug: async () => {
      server = await startServer(folder.path, { ...env, PORT: new URL(url).port });
    },
  };
}
