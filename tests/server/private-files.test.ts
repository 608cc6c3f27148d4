import assert from "node:assert/strict";
import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Pairing } from "#contract";
import { company } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { recordedCall } from "../support/recorded.ts";

const WINDOWS = process.platform === "win32";

test(
  "nothing that the server writes can be read by everybody on its machine",
  { skip: WINDOWS },
  async (t) => {
    const at = await company(t);
    const ask = (method: string, path: string, body: unknown, headers: Record<string, string>) => {
      const raw = body instanceof Uint8Array;
      const type = raw ? {} : { "content-type": "application/json" };
      return fetch(at.url + path, {
        method,
        headers: { ...type, ...headers },
        body: raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      });
    };
    const pairing = await ask("POST", "/api/pair", { code: await at.code(), device: "PC" }, {});
    const { token } = (await pairing.json()) as Pairing;
    const maria = {
      userId: at.maria.id,
      request: (method: string, path: string, body?: unknown, headers = {}) =>
        ask(method, path, body, { ...headers, authorization: `Bearer ${token}` }),
    };
    const { callId } = await recordedCall(maria, new Date(Date.now() - 60_000), 2);
    const clip = { id: callId, title: "Ejemplo", fromMs: 0, toMs: 1000 };
    await at.change("POST", `/api/recordings/${callId}/clips`, clip);
    await at.change("POST", "/api/backups", {});
    const files = await eventually("the published head", () => {
      const found = globSync("**/*", { cwd: at.folder });
      return found.some((name) => name.endsWith("audit-head.json")) ? found : null;
    });
    for (const part of ["callmanager.db", "recordings", "clips", "backups"])
      assert.ok(
        files.some((name) => name.includes(part)),
        part,
      );
    const open = files.filter((name) => (statSync(join(at.folder, name)).mode & 0o007) !== 0);
    assert.deepEqual(open, []);
  },
);
