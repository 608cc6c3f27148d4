import type { ServerResponse } from "node:http";

/** JSON as Go's encoder writes it: `<`, `>`, `&` and the two line separators are escaped. */
export const goJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Nanoseconds since 1970, as far as this machine knows them. */
export const nowNs = (): bigint =>
  BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n +
  (process.hrtime.bigint() % 1000n);

/** RFC3339Nano in UTC: like ISO 8601, with up to nine decimals and no zeros at their end. */
export function goInstant(ns: bigint): string {
  const seconds = new Date(Number(ns / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  const decimals = (ns % 1_000_000_000n).toString().padStart(9, "0").replace(/0+$/, "");
  return decimals === "" ? `${seconds}Z` : `${seconds}.${decimals}Z`;
}

/** Milliseconds as Go's time.Duration in JSON: whole nanoseconds. */
export const goDuration = (ms: number): number => Math.round(ms * 1_000_000);

/** An object without its zero values: Go's `omitempty`. */
export function omitEmpty<T extends object>(fields: T): Partial<T> {
  const kept = Object.entries(fields).filter(
    ([, value]) => value !== 0 && value !== "" && value !== undefined,
  );
  return Object.fromEntries(kept) as Partial<T>;
}

/** Headers in the order in which Go's net/http sends them, without Node's own `Connection`. */
function writeHead(res: ServerResponse, status: number, type: string | null, body: [string, string]): void {
  res.sendDate = false;
  res.removeHeader("connection");
  const reason = status === 499 ? ["status code 499"] : [];
  const headers = [
    ...(type === null ? [] : ["Content-Type", type]),
    "Date",
    new Date().toUTCString(),
    ...body,
  ];
  const cors = res.getHeader("access-control-allow-origin");
  res.removeHeader("access-control-allow-origin");
  if (typeof cors === "string") headers.unshift("Access-Control-Allow-Origin", cors);
  res.writeHead(status, ...(reason as [string]), headers);
}

/** A whole answer with its length. */
export function send(res: ServerResponse, status: number, type: string | null, text: string): void {
  writeHead(res, status, type, ["Content-Length", String(Buffer.byteLength(text))]);
  res.end(text);
}

/** gin's `c.JSON`. */
export const sendJson = (res: ServerResponse, status: number, value: unknown): void =>
  send(res, status, "application/json; charset=utf-8", goJson(value));

/** The head of a stream of JSON lines; it goes out with the first line. */
export const beginLines = (res: ServerResponse): void =>
  writeHead(res, 200, "application/x-ndjson", ["Transfer-Encoding", "chunked"]);
