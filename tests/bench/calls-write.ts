import { v7 as uuidv7 } from "uuid";
import { load } from "./load.ts";
import type { Measure } from "./measure.ts";
import { benchServer, listening } from "./server.ts";

const CONNECTIONS = 100;
const SECONDS = 5;
/** More than any machine accepts in that time. */
const MOST_CALLS = 300_000;

const HELLO = `require("node:http").createServer((_, res) => res.end("hello"))
  .listen(0, "127.0.0.1", function () { console.log("listens on http://127.0.0.1:" + this.address().port) })`;
const HELLO_REQUEST = Buffer.from("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");

/** Requests that each start another call, made before the clock runs. */
function callRequests(token: string, count: number): Buffer[] {
  return Array.from({ length: count }, () => {
    const call = {
      id: uuidv7(),
      startedAt: new Date().toISOString(),
      direction: "inbound",
      contact: { name: "Juan García" },
      source: "softphone",
    };
    const body = JSON.stringify(call);
    const head = [
      "POST /api/calls/start HTTP/1.1",
      "host: localhost",
      `authorization: Bearer ${token}`,
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}

/** Calls accepted a second, each safe on the disk when it is answered, beside a bare node:http. */
export const measure: Measure = async () => {
  const server = await benchServer(1);
  const hello = await listening(["-e", HELLO], process.env);
  try {
    const floor = await load(hello.url, () => HELLO_REQUEST, CONNECTIONS, SECONDS);
    const requests = callRequests(server.tokens[0] ?? "", MOST_CALLS);
    const calls = await load(server.url, () => requests.pop() ?? HELLO_REQUEST, CONNECTIONS, SECONDS);
    const value = Math.round((calls.perSecond / floor.perSecond) * 1000) / 1000;
    const accepted = calls.statuses.get("201") ?? 0;
    const others = [...calls.statuses.values()].reduce((a, b) => a + b, 0) - accepted;
    const against = {
      callsPerSecond: calls.perSecond,
      helloPerSecond: floor.perSecond,
      p99Ms: calls.p99Ms,
      not201: others,
    };
    const pass = value >= 0.35 && others === 0;
    return [{ name: "calls-write", value, unit: "of node:http hello", goal: ">= 0.35", pass, against }];
  } finally {
    hello.child.kill();
    await server.close();
  }
};
