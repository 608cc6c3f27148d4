import { v7 as uuidv7 } from "uuid";
import { cpuSeconds } from "./figures.ts";
import { load } from "./load.ts";
import type { Measure } from "./measure.ts";
import { benchServer, listening } from "./server.ts";

/** Agents' PCs, each with its own connection. */
const CONNECTIONS = 100;
/** So many people call, again and again: the first call of each makes a contact. */
const CONTACTS = 4_000;
const SECONDS = 5;
/** A server that has just begun is still being compiled while it runs. */
const WARM_UP_SECONDS = 3;
/** More than any machine accepts in that time. */
const MOST_CALLS = 300_000;

const HELLO = `require("node:http").createServer((_, res) => res.end("hello"))
  .listen(0, "127.0.0.1", function () { console.log("listens on http://127.0.0.1:" + this.address().port) })`;
const HELLO_REQUEST = Buffer.from("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");

/** Mobile phones of Spain, each another one; half of those who call say their name. */
const contactOf = (i: number) => ({
  phone: `+34 ${612_000_000 + i * 37}`,
  ...(i % 2 === 0 && { name: `Juan García ${i}` }),
});

/** Requests that each start another call, of the agents in turn, made before the clock runs. */
function callRequests(tokens: string[], count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => {
    const call = {
      id: uuidv7(),
      startedAt: new Date().toISOString(),
      direction: "inbound",
      contact: contactOf((i * 7) % CONTACTS),
      source: "softphone",
    };
    const token = tokens[i % tokens.length] ?? "";
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

/**
 * Calls accepted a second, each safe on the disk when it is answered, beside a bare node:http. A hundred PCs of one
 * team begin them without a pause, with a few thousand people, each found by the phone or made into a contact.
 */
export const measure: Measure = async () => {
  const server = await benchServer(CONNECTIONS);
  const hello = await listening(["-e", HELLO], process.env);
  try {
    const floor = await load(hello.url, () => HELLO_REQUEST, CONNECTIONS, SECONDS);
    const requests = callRequests(server.tokens, MOST_CALLS).values();
    const next = (): Buffer => requests.next().value ?? HELLO_REQUEST;
    await load(server.url, next, CONNECTIONS, WARM_UP_SECONDS);
    const cpu = await cpuSeconds(server.child.pid ?? 0);
    const calls = await load(server.url, next, CONNECTIONS, SECONDS);
    const used = (await cpuSeconds(server.child.pid ?? 0)) - cpu;
    const value = Math.round((calls.perSecond / floor.perSecond) * 1000) / 1000;
    const accepted = calls.statuses.get("201") ?? 0;
    const others = [...calls.statuses.values()].reduce((a, b) => a + b, 0) - accepted;
    const against = {
      callsPerSecond: calls.perSecond,
      helloPerSecond: floor.perSecond,
      p99Ms: calls.p99Ms,
      cpuMicrosACall: Math.round((used * 1e6) / accepted),
      not201: others,
    };
    const pass = value >= 0.35 && others === 0;
    return [{ name: "calls-write", value, unit: "of node:http hello", goal: ">= 0.35", pass, against }];
  } finally {
    hello.child.kill();
    await server.close();
  }
};
