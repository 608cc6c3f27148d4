import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Call, Page, PairingCode, Recording, User } from "#contract";
import { dataFolder, startServer } from "./process.ts";
import { PASSWORD } from "./server.ts";

/** A real server process with María in it, and a way to look at it as her admin. Gone with the test. */
export async function company(t: TestContext, env: Record<string, string> = {}) {
  const folder = await dataFolder();
  let server = await startServer(folder.path, env);
  const { url, setupToken } = server;
  t.after(async () => {
    await server.stop();
    await folder.remove();
  });
  const ask = async <T>(method: string, path: string, body: object | null, cookie = "") => {
    const response = await fetch(url + path, {
      method,
      headers: { "content-type": "application/json", origin: url, cookie },
      body: body && JSON.stringify(body),
    });
    assert.ok(response.ok, `${path}: ${response.status}`);
    return { body: (await response.json()) as T, cookie: response.headers.get("set-cookie") ?? "" };
  };
  const admin = { name: "Ana", email: "ana@example.com", password: PASSWORD };
  const setup = await ask("POST", "/api/setup", { token: setupToken, ...admin });
  const cookie = setup.cookie.split(";")[0] ?? "";
  const agent = { name: "María", email: "m@example.com", password: PASSWORD, role: "agent" };
  const place = { team: "Norte", site: "Madrid" };
  const { body: maria } = await ask<User>("POST", "/api/users", { ...agent, ...place }, cookie);
  const get = async <T>(path: string) => (await ask<T>("GET", path, null, cookie)).body;
  return {
    url,
    cookie,
    maria,
    get,
    /** A pairing code for María. */
    code: async () =>
      (await ask<PairingCode>("POST", "/api/pairing-codes", { userId: maria.id }, cookie)).body.code,
    calls: async () => (await get<Page<Call>>("/api/calls")).items,
    recordings: async () => (await get<Page<Recording>>("/api/recordings")).items,
    /** Takes the server away, as a power cut would. */
    unplug: () => server.kill(),
    /** Brings it back at the same address with what it had. */
    replug: async () => {
      server = await startServer(folder.path, { ...env, PORT: new URL(url).port });
    },
  };
}
