import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { TestContext } from "node:test";

/** Answers instead of the server: a body, or undefined to let it pass. */
export type Instead = (request: { method: string; path: string; body: Buffer }) => Reply | undefined;
type Reply = { type: "application/json" | "text/html; charset=utf-8"; text: string };

/** Something between a tray and its server that answers some requests itself. Resolves to its address. */
export async function between(t: TestContext, serverUrl: string, instead: Instead): Promise<string> {
  const http = createServer((request, response) => {
    pass(request, response, serverUrl, instead).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    http.closeAllConnections();
    http.close();
  });
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

async function pass(request: IncomingMessage, response: ServerResponse, serverUrl: string, instead: Instead) {
  const { method = "GET", url: path = "/" } = request;
  const body = await buffer(request);
  const reply = instead({ method, path, body });
  if (reply) {
    response.writeHead(200, { "content-type": reply.type }).end(reply.text);
    return;
  }
  const headers = new Headers();
  for (const name of ["authorization", "content-type", "content-digest"]) {
    const value = request.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const sent = method === "GET" || method === "HEAD" ? null : new Uint8Array(body);
  const answer = await fetch(serverUrl + path, { method, headers, body: sent, redirect: "manual" });
  const type = answer.headers.get("content-type");
  response.writeHead(answer.status, type === null ? {} : { "content-type": type });
  response.end(Buffer.from(await answer.arrayBuffer()));
}
