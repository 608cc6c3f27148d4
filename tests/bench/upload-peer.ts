// What any server has to do for a part: read it, hash it, put it safely on the disk, answer. No framework, accounts or database.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { open } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const [folder = "."] = process.argv.slice(2);
const PIECE_BYTES = 1 << 20;

/** Writes as most programs do, through the cache of the system: a mebibyte at a time, and `datasync` before the answer. */
async function keep(body: IncomingMessage, name: string, from: number): Promise<string> {
  const file = await open(join(folder, name), from === 0 ? "w" : "r+");
  const hash = createHash("sha256");
  let waiting: Buffer[] = [];
  let waits = 0;
  let at = from;
  const flush = async (): Promise<void> => {
    if (waits > 0) await file.writev(waiting, at);
    at += waits;
    waiting = [];
    waits = 0;
  };
  for await (const chunk of body as AsyncIterable<Buffer>) {
    hash.update(chunk);
    waiting.push(chunk);
    waits += chunk.length;
    if (waits >= PIECE_BYTES) await flush();
  }
  await flush();
  await file.datasync();
  await file.close();
  return hash.digest("base64");
}

const http = createServer((request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  void keep(request, url.pathname.slice(1), Number(url.searchParams.get("from"))).then((sha256) => {
    const asked = request.headers["content-digest"];
    response.statusCode = asked === `sha-256=:${sha256}:` ? 200 : 422;
    response.end("{}");
  });
});
http.listen(0, "127.0.0.1", () => {
  console.log(`listens on http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});
