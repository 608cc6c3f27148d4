import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { PART_BYTES } from "#contract";
import { AppError } from "../../server/errors.ts";
import { pages, pastCache } from "../../server/recordings/files.ts";
import { folderStore } from "../../server/recordings/folder.ts";
import { SKETCH_BYTES } from "../../server/recordings/sketch.ts";
import { PIECE_BYTES, type AudioCheck, type RecordingStore } from "../../server/recordings/store.ts";

const FILE = "Ana/Juan/llamada.wav";
const note = { file: "Ana/Juan/llamada_metadata.json", text: "{}" };

/** A network's chunks: none begins or ends where a block does. */
async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_433) yield bytes.subarray(at, at + 65_433);
}

/** Sends one part; what the store said and what it showed. */
async function send(store: RecordingStore, n: number, part: Uint8Array, known = false) {
  const seen: Uint8Array[] = [];
  const received = await store.putPart("call", n, known, {
    body: chunksOf(part),
    limit: PART_BYTES,
    see: (piece) => void seen.push(piece.slice()),
    accept: () => new Uint8Array(SKETCH_BYTES),
  });
  assert.deepEqual(received, { bytes: part.length, sha256: createHash("sha256").update(part).digest("hex") });
  assert.ok(Buffer.concat(seen).equals(part));
}

/** A check that keeps what it saw, and accepts what it is told to. */
function watching(right: Uint8Array): AudioCheck & { pieces: number[] } {
  const seen: Uint8Array[] = [];
  return {
    pieces: [],
    write(piece) {
      this.pieces.push(piece.length);
      seen.push(piece.slice());
    },
    end() {
      if (!Buffer.concat(seen).equals(right)) throw new AppError("digest_mismatch");
    },
  };
}

const ways = { "past the cache": pastCache, "where a file system has no way past": async () => 0 };
for (const [way, flagsOf] of Object.entries(ways))
  describe(`recordings in a folder, ${way}`, () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "callmanager-store-"));
    });
    after(() => rm(folder, { recursive: true }));

    test("are the bytes of their parts, in any order, replaced, refused before, with some left over", async () => {
      const store = folderStore(folder, flagsOf);
      const audio = randomBytes(2 * PART_BYTES + PIECE_BYTES + 1001);
      const part = (n: number) => audio.subarray(n * PART_BYTES, (n + 1) * PART_BYTES);
      const refused = {
        body: chunksOf(randomBytes(700_001)),
        limit: PART_BYTES,
        see: () => undefined,
        accept: () => {
          throw new AppError("part_invalid");
        },
      };
      await send(store, 2, part(2));
      await assert.rejects(store.putPart("call", 0, false, refused), { code: "part_invalid" });
      await send(store, 1, randomBytes(PART_BYTES - 3));
      await send(store, 0, part(0));
      await send(store, 3, randomBytes(5001));
      await send(store, 1, part(1), true);
      const whole = { parts: 3, bytes: audio.length };
      await assert.rejects(store.assemble("call", whole, FILE, note, watching(audio.subarray(1))), {
        code: "digest_mismatch",
      });
      const check = watching(audio);
      await store.assemble("call", whole, FILE, note, check);
      assert.ok(check.pieces.slice(0, -1).every((bytes) => bytes % PIECE_BYTES === 0));
      assert.ok((await readFile(join(folder, FILE))).equals(audio));
      // the database may have missed it
      await store.assemble("call", whole, FILE, note, watching(audio));
      await store.dropParts("call");
      assert.deepEqual((await readdir(join(folder, ".incoming"))).length, 0, "nothing is left of a try");
    });

    test("are not what is shorter than announced", async () => {
      const store = folderStore(folder, flagsOf);
      for (const bytes of [1, 4097, 4 * PIECE_BYTES, 5 * PIECE_BYTES + 7]) {
        const audio = randomBytes(bytes);
        await send(store, 0, audio);
        const announced = { parts: 1, bytes: bytes + 6_000_000 };
        await store.assemble("call", announced, FILE, note, watching(audio));
        await store.dropParts("call");
        await store.remove([FILE, note.file]);
      }
    });
  });

test("a file system that takes no whole blocks past its cache is found out by trying", async () => {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-store-"));
  try {
    // no disk takes what begins in the middle of a word
    assert.equal(await pastCache(folder, pages(9000).subarray(1)), 0);
    assert.ok([0, constants.O_DIRECT].includes(await pastCache(folder)));
    assert.deepEqual(await readdir(folder), []);
    assert.equal(await pastCache(join(folder, "none")), 0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
