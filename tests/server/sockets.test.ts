import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { test } from "node:test";
import { serve, type ServerType } from "@hono/node-server";
import fc from "fast-check";
import { eventually } from "../support/eventually.ts";
import { callStart, testServer } from "../support/server.ts";

const REQUESTS = 300;
const SEED = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
const PATIENCE_MS = 10_000;

/** What somebody writes who does not keep to HTTP: the whole request, and whether they hang up in the middle of it. */
type Written = { head: string[]; body: string; hangUp: boolean };

const target = fc.constantFrom(
  "/api/me",
  "/api/calls",
  "/api/calls/start",
  "/../../etc/passwd",
  "/api/calls/%00",
  "/%",
  "/%ff%fe",
  "//evil.example/api/me",
  "http://evil.example/api/me",
  "*",
  "/api/me#x",
  "/api/\u00e9",
  `/${"a".repeat(9_000)}`,
  "",
);
const method = fc.constantFrom(
  "GET",
  "POST",
  "PUT",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "PROPFIND",
  "get",
  "",
);
const header = fc.constantFrom(
  "Content-Length: 5",
  "Content-Length: 100000",
  "Content-Length: -1",
  "Content-Length: 99999999999999999999",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: gzip",
  "Content-Type: application/json",
  "Content-Type: \u0001",
  "Authorization: Bearer x",
  "Cookie: callmanager=; callmanager==;;;",
  "Expect: 100-continue",
  "Expect: x",
  "Upgrade: websocket",
  "Connection: close",
  "Connection: upgrade",
  "Range: bytes=0-",
  "no colon",
  " folded",
  `X-Long: ${"x".repeat(20_000)}`,
);
/** Mostly as it should be, so that one mistake is what is looked at. */
const mostly = (right: string, wrong: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: wrong });
const written: fc.Arbitrary<Written> = fc.record({
  head: fc
    .tuple(
      fc.oneof(fc.constantFrom("GET", "POST"), method),
      target,
      mostly("HTTP/1.1", fc.constantFrom("HTTP/1.0", "HTTP/2.0", "HTTP/9", "")),
      mostly("Host: localhost", fc.constantFrom("Host: evil.example", "Host: a b", "Host:", "X-None: 1")),
      fc.array(header, { maxLength: 2 }),
    )
    .map(([method, target, version, host, headers]) => [`${method} ${target} ${version}`, host, ...headers]),
  // what follows a request without a body is the next request
  body: mostly(
    "",
    fc.constantFrom(
      "{}",
      '{"id":',
      "5\r\n{}   \r\n0\r\n\r\n",
      "zz\r\n",
      "x".repeat(70_000),
      "GET /health HTTP/1.1\r\nHost: x\r\n\r\n",
    ),
  ),
  hangUp: fc.boolean(),
});

test(
  `${REQUESTS} times what is hardly HTTP: the server answers or hangs up, and goes on`,
  { timeout: 120_000 },
  async (t) => {
    t.diagnostic(`FUZZ_SEED=${SEED}`);
    const server = await testServer();
    const listening = serve({ fetch: server.app.fetch, port: 0, hostname: "127.0.0.1" });
    await once(listening, "listening");
    t.after(() => server.close());
    t.after(() => listening.close());
    const { port } = listening.address() as AddressInfo;
    const device = await server.device();
    const statuses = new Map<string, number>();

    async function tryOne({ head, body, hangUp }: Written): Promise<void> {
      const socket = connect(port, "127.0.0.1");
      const timer = setTimeout(() => socket.destroy(new Error("no answer")), PATIENCE_MS);
      let got = "";
      socket.setEncoding("latin1").on("data", (text: string) => {
        got += text;
        // it has answered; whether it keeps the connection is its own affair
        socket.end();
      });
      socket.write(`${head.join("\r\n")}\r\n\r\n${body}`, "latin1");
      if (hangUp) setTimeout(() => socket.destroy(), 5);
      else setTimeout(() => socket.end(), 20);
      const failed = await new Promise<unknown>((resolve) =>
        socket.once("error", resolve).once("close", () => resolve(null)),
      );
      clearTimeout(timer);
      const code = (failed as { code?: string } | null)?.code;
      assert.ok(
        failed === null || code === "ECONNRESET" || code === "EPIPE",
        `${head.join("\n")}: ${String(failed)}`,
      );
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(got) ?? [];
      statuses.set(status ?? "none", (statuses.get(status ?? "none") ?? 0) + 1);
      assert.ok(
        status === undefined || Number(status) < 500,
        `${head.join("\n")}\n\n${body.slice(0, 100)} → ${got}`,
      );
    }

    await fc.assert(fc.asyncProperty(written, tryOne), { seed: SEED, numRuns: REQUESTS, endOnFailure: true });

    // a body that stops in the middle, of a sender whom the server knows
    for (const length of [1_000, 5_242_880]) {
      const start = callStart(server.now());
      await device.request("POST", "/api/calls/start", start);
      const token = await server.cookieOf(device.userId);
      const to = length > 1_000 ? `PUT /api/recordings/${start.id}/parts/0` : "POST /api/contacts";
      const socket = connect(port, "127.0.0.1");
      socket.write(
        `${to} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nCookie: callmanager=${token}\r\n` +
          `Origin: http://localhost\r\nContent-Length: ${length}\r\n\r\n{"a":`,
      );
      setTimeout(() => socket.destroy(), 50);
      await once(socket, "close");
    }

    t.diagnostic(JSON.stringify(Object.fromEntries(statuses)));
    const after = await fetch(`http://127.0.0.1:${port}/health`);
    assert.equal(after.status, 200);
    await after.text();
    await eventually("every connection to be closed", async () => (await connections(listening)) <= 1);
    assert.deepEqual(server.errors, [], "who hangs up is no failure of the server's");
  },
);

const connections = (listening: ServerType): Promise<number> =>
  new Promise((resolve, reject) =>
    listening.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
