import assert from "node:assert/strict";
import { answer, callEnd, callStart, type Client } from "./server.ts";
import { contentDigest, toneWav } from "./wav.ts";

/** Names that people and customers could bear, if it were for them. */
export const EVIL_NAMES = [
  "../../../fuera",
  "..\\..\\fuera",
  "/etc/cron.d/x",
  "C:\\Windows\\x",
  "CON",
  "nul.wav",
  ".",
  "..",
  ".ssh",
  "a/../../b",
  "=cmd|' /C calc'!A0",
  "O'Brien; filename=x.exe",
  '"; filename="x.exe',
  "\u202Egnp.exe",
  "x".repeat(120),
  "🧨".repeat(60),
];
/** Text that ends a header and begins another. The API refuses it; here it got into the database in another way. */
export const SPLITTING = "Eva\r\nset-cookie: callmanager=x\r\n\r\n<script>";

/** Sends a call with its recording from a PC. */
export async function recorded(device: Client, contact: string, at: Date, phone?: string): Promise<string> {
  const start = callStart(at, { contact: { name: contact, ...(phone !== undefined && { phone }) } });
  const { bytes, metadata } = toneWav(0.1);
  const path = `/api/recordings/${start.id}`;
  for (const [method, to, body, headers] of [
    ["POST", "/api/calls/start", start, {}],
    ["PUT", `${path}/parts/0`, bytes, contentDigest(bytes)],
    ["POST", "/api/calls/end", callEnd(start, 1), {}],
    ["POST", path, { parts: 1, metadata }, {}],
  ] as const) {
    const got = await answer(device.request(method, to, body, headers));
    assert.ok(got.status < 300, `${contact}: ${to} ${JSON.stringify(got.body)}`);
  }
  return start.id;
}

/** A name that stays a name on every file system. */
export function plain(name: string): void {
  assert.match(name, /^[^/\\:*?"<>|\p{Cc}\p{Cf}]+$/u);
  assert.doesNotMatch(name, /^[. ]|[. ]$|^(con|nul|aux|prn)(\.|$)/i);
}
