import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { PART_BYTES, type Peaks } from "#contract";
import { AudioReader } from "../../server/recordings/audio.ts";
import { Sketch, SKETCH_BYTES, unsealed } from "../../server/recordings/sketch.ts";
import { PIECE_BYTES } from "../../server/recordings/store.ts";
import { answer, callStart, testServer, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, wavOf, type Wav } from "../support/wav.ts";

const HEADER_BYTES = 44;

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Noise that swells and fades, on the customer's side much softer; so many samples. */
function noisy(count: number, channels: 1 | 2): Wav {
  const samples = new Int16Array(count);
  for (let i = 0, noise = 1; i < count; i++) {
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) | 0;
    samples[i] = (noise >> 16) * Math.abs(Math.sin(i / 77_777)) * (i % 2 === 0 ? 1 : 0.2);
  }
  // as loud as it gets, only below zero
  samples[count >> 1] = -32_768;
  return wavOf(samples, channels);
}

/** The peaks by their definition, sample by sample. */
function defined({ bytes, metadata: { channels } }: Wav): number[][] {
  const samples = new Int16Array(bytes.buffer, HEADER_BYTES, (bytes.length - HEADER_BYTES) >> 1);
  const most = Array.from({ length: channels }, () => Array.from({ length: 600 }, () => 0));
  const count = (bytes.length - HEADER_BYTES) / 2;
  for (let i = 0; i < samples.length; i++) {
    const lane = most[i % channels] ?? [];
    const bucket = Math.min(599, Math.floor((i * 600) / count));
    lane[bucket] = Math.max(lane[bucket] ?? 0, Math.min(32_767, Math.abs(samples[i] ?? 0)));
  }
  return most.map((lane) => lane.map((size) => Math.round((size / 32_767) * 100)));
}

const partsOf = ({ bytes }: Wav): Uint8Array<ArrayBuffer>[] =>
  Array.from({ length: Math.ceil(bytes.length / PART_BYTES) }, (_, n) =>
    bytes.slice(n * PART_BYTES, (n + 1) * PART_BYTES),
  );

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

/** What a part's sketch becomes on its way to the disk. */
function sealed(part: Uint8Array): Uint8Array {
  const sketch = new Sketch();
  for (const piece of piecesOf(part)) sketch.see(piece);
  return sketch.sealed(sha256(part));
}

function peaksWith(wav: Wav, sketches: Uint8Array[], parts = partsOf(wav)): number[][] {
  const rows = parts.map((part, n) => ({ n, bytes: part.length, sha256: sha256(part) }));
  const reader = new AudioReader(wav.metadata, unsealed(rows, sketches));
  for (const piece of piecesOf(wav.bytes)) reader.write(piece);
  reader.end();
  return reader.waveform().peaks;
}

test("peaks from sketches are those of the samples, however much of them there is", () => {
  const counts = [0, 2, 500, 350_000, (PART_BYTES - HEADER_BYTES) / 2, PART_BYTES + 61_728];
  for (const [count, channels] of counts.flatMap((count) => [[count + 1, 1] as const, [count, 2] as const])) {
    const wav = noisy(count, channels);
    const all = partsOf(wav).map(sealed);
    const right = defined(wav);
    for (let missing = 0; missing < 2 ** all.length; missing++) {
      const some = all.map((sketch, n) => (missing & (1 << n) ? new Uint8Array(SKETCH_BYTES) : sketch));
      assert.deepEqual(
        peaksWith(wav, some),
        right,
        `${count} samples, ${channels} channels, without ${missing}`,
      );
    }
  }
});

test("a sketch is believed where its seal fits, and only there", () => {
  const wav = noisy(PART_BYTES, 2);
  const right = defined(wav);
  const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] =
    partsOf(wav).map(sealed);
  const torn = second.slice();
  torn.fill(0, 300);
  for (const kept of [[first, torn], [second, first, third], [first.subarray(0, 100)], []])
    assert.deepEqual(peaksWith(wav, kept), right);
  const silent = new Sketch();
  for (const piece of piecesOf(new Uint8Array(PART_BYTES))) silent.see(piece);
  const part = partsOf(wav)[1] ?? new Uint8Array();
  const lied = peaksWith(wav, [first, silent.sealed(sha256(part)), third]);
  assert.notDeepEqual(lied, right, "what a sketch tells is not drawn again");
});

describe("the peaks of parts", () => {
  let server: TestServer;
  let maria: Client;
  before(async () => {
    server = await testServer();
    maria = await server.device({ name: "María López" });
  });
  after(() => server.close());

  /** Sends parts in this order, has something happen before the final, and asks for the peaks. */
  async function peaksOf(
    wav: Wav,
    sent: [n: number, part: Uint8Array][],
    meanwhile: (sketches: string) => Promise<void> = async () => undefined,
  ): Promise<number[][]> {
    const start = callStart(server.now());
    await maria.request("POST", "/api/calls/start", start);
    const path = `/api/recordings/${start.id}`;
    for (const [n, part] of sent) {
      const put = await maria.request("PUT", `${path}/parts/${n}`, part, contentDigest(part));
      assert.equal(put.status, 200);
    }
    await meanwhile(join(server.folder, ".incoming", start.id, "sketches"));
    const body = { parts: partsOf(wav).length, metadata: wav.metadata };
    assert.equal((await maria.request("POST", path, body)).status, 200);
    return (await answer<Peaks>(maria.request("GET", `${path}/peaks`))).body.peaks;
  }

  test("are the same in any order, replaced, left over, and with sketches torn or gone", async () => {
    const wav = noisy(PART_BYTES + 25_000, 2);
    const right = defined(wav);
    const [head, middle, tail] = partsOf(wav) as [Uint8Array, Uint8Array, Uint8Array];
    const loud = new Uint8Array(PART_BYTES).fill(0x7f);
    const orders: [number, Uint8Array][][] = [
      [
        [0, head],
        [1, middle],
        [2, tail],
      ],
      [
        [2, tail],
        [1, middle],
        [0, head],
      ],
      // another sound first, a part that comes twice, and one that is none of this recording's
      [
        [1, loud],
        [0, loud],
        [3, loud],
        [0, head],
        [2, loud],
        [2, tail],
        [1, middle],
        [1, middle],
      ],
    ];
    for (const order of orders) assert.deepEqual(await peaksOf(wav, order), right);
    const whole = orders[0] ?? [];
    const tear = async (sketches: string): Promise<void> => {
      const kept = await readFile(sketches);
      assert.equal(kept.length, 3 * SKETCH_BYTES, "each part has its sketch");
      await writeFile(sketches, kept.fill(0, SKETCH_BYTES + 200, 2 * SKETCH_BYTES).subarray(0, -10));
    };
    assert.deepEqual(await peaksOf(wav, whole, tear), right);
    assert.deepEqual(await peaksOf(wav, whole, (sketches) => rm(sketches)), right);
  });
});
