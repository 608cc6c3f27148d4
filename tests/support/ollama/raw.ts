import { connect, type Socket } from "node:net";

/** An HTTP answer as it lay on the wire; `body` and `bytes` have their chunk framing still on. */
export type RawAnswer = { head: string; body: string; bytes: Buffer; text: string };

/** The bytes of a request, with the lengths that it needs. */
export function rawRequest(
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): string {
  const all = {
    Host: "127.0.0.1",
    ...(body !== undefined && { "Content-Length": Buffer.byteLength(body) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body ?? ""}`;
}

export type RawSocket = { socket: Socket; received: () => string; reads: () => Buffer[] };

/** A TCP connection that keeps every byte it gets. */
export async function rawSocket(port: number): Promise<RawSocket> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => socket.destroy());
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  return { socket, received: () => Buffer.concat(chunks).toString("utf8"), reads: () => chunks };
}

/** Sends one request and reads its whole answer; an answer that breaks off ends with the connection. */
export async function raw(port: number, request: string): Promise<RawAnswer> {
  const { socket, received, reads } = await rawSocket(port);
  const answered = new Promise<void>((resolve) => {
    socket.on("data", () => whole(received()) && resolve());
    socket.once("close", () => resolve());
    socket.once("end", () => resolve());
  });
  socket.write(request);
  await answered;
  socket.destroy();
  return parted(Buffer.concat(reads()));
}

/** Head and body of the bytes of an answer. */
export function parted(answer: Buffer): RawAnswer {
  const split = answer.indexOf("\r\n\r\n") + 4;
  const bytes = answer.subarray(split);
  return {
    head: answer.subarray(0, split).toString(),
    body: bytes.toString(),
    bytes,
    text: answer.toString(),
  };
}

function whole(text: string): boolean {
  const split = text.indexOf("\r\n\r\n");
  if (split === -1) return false;
  if (/^transfer-encoding: chunked/im.test(text.slice(0, split))) return text.endsWith("\r\n0\r\n\r\n");
  const length = Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? 0);
  return Buffer.byteLength(text.slice(split + 4)) >= length;
}

/** The payload of a chunked body, read by each chunk's announced length. @throws Error where the framing is wrong */
export function unchunked(body: Buffer): string {
  const payload: Buffer[] = [];
  for (let at = 0; ;) {
    const end = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (end === -1 || Number.isNaN(size)) throw new Error("not a chunked body");
    if (size === 0) return Buffer.concat(payload).toString("utf8");
    payload.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
