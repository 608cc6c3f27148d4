import { setTimeout as sleep } from "node:timers/promises";
import { contentDigest } from "../support/wav.ts";
import { PART_BYTES, type RecordingMetadata } from "#contract";

/** Asks the server for something, as one person's browser or one PC. */
export type Ask = <T>(method: string, path: string, body?: object, more?: object) => Promise<T>;

const ATTEMPTS = 3;
/** Asks again where no answer came: a connection may close just when it is used, and every write can be sent twice. */
async function persistently(url: string, request: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt++)
    try {
      return await fetch(url, request);
    } catch (error) {
      if (attempt === ATTEMPTS) throw new Error(`${request.method} ${url}: no answer`, { cause: error });
      await sleep(attempt * 200);
    }
}

/** @throws Error that names the request and what the server said to it */
async function asked<T>(
  url: string,
  own: Record<string, string>,
  [method, path, body, more]: Parameters<Ask>,
): Promise<T> {
  const raw = body instanceof Uint8Array;
  const response = await persistently(url + path, {
    method,
    headers: { ...own, ...(body && !raw && { "content-type": "application/json" }), ...more },
    body: body === undefined ? null : raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text) as T;
}

export const asBrowser =
  (url: string, cookie: string): Ask =>
  (...request) =>
    asked(url, { cookie, origin: url }, request);
export const asDevice =
  (url: string, token: string): Ask =>
  (...request) =>
    asked(url, { authorization: `Bearer ${token}` }, request);

/** Signs somebody in, or up; resolves to their cookie. */
export async function signedIn(
  url: string,
  path: "/api/login" | "/api/setup",
  body: object,
): Promise<string> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

/** Sends a recording as a PC does: part by part, then the whole's digest. */
export async function sendRecording(
  device: Ask,
  callId: string,
  { bytes, metadata }: { bytes: Uint8Array<ArrayBuffer>; metadata: RecordingMetadata },
): Promise<void> {
  const parts = Math.ceil(bytes.length / PART_BYTES);
  for (let n = 0; n < parts; n++) {
    const part = bytes.subarray(n * PART_BYTES, (n + 1) * PART_BYTES);
    await device("PUT", `/api/recordings/${callId}/parts/${n}`, part, contentDigest(part));
  }
  await device("POST", `/api/recordings/${callId}`, { parts, metadata });
}
