import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PART_BYTES, type PrivacySettings } from "#contract";
import { dialects } from "../support/databases.ts";
import { refusals } from "../support/refused.ts";
import { answer, callEnd, callStart, testServer, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

describe("calls and recordings that cannot be", () => {
  let server: TestServer;
  let maria: Client;
  let eva: Client;
  let luis: Client;

  before(async () => {
    server = await testServer();
    maria = await server.device();
    eva = await server.device({ team: "Ventas Sur", site: "Sevilla" });
    luis = await server.browser("supervisor");
  });
  after(() => server.close());
  const refused = refusals(() => server);

  test("the same id with another body", async () => {
    const start = callStart(server.now());
    assert.equal((await maria.request("POST", "/api/calls/start", start)).status, 201);
    assert.equal((await maria.request("POST", "/api/calls/start", start)).status, 200);
    await refused(
      maria.request("POST", "/api/calls/start", { ...start, direction: "inbound" }),
      409,
      "id_taken",
    );
    await refused(eva.request("POST", "/api/calls/start", start), 409, "id_taken");
    await refused(
      maria.request("PATCH", `/api/calls/${start.id}`, { wrapUpEndedAt: start.startedAt }),
      409,
      "call_in_progress",
    );
    const end = callEnd(start);
    assert.equal((await maria.request("POST", "/api/calls/end", end)).status, 200);
    assert.equal((await maria.request("POST", "/api/calls/end", end)).status, 200);
    await refused(maria.request("POST", "/api/calls/end", { ...end, talkSeconds: 1 }), 409, "id_taken");
  });

  test("values that cannot be", async () => {
    const start = callStart(server.now());
    const wrong: [string, unknown][] = [
      ["id", "7"],
      ["id", "6ba7b810-9dad-41d1-80b4-00c04fd430c8"],
      ["startedAt", "ayer"],
      ["direction", "sideways"],
      ["source", "magic"],
      ["contact", { phone: "llámame" }],
      ["contact", { name: "a\u0000b" }],
      ["contact", { name: "x".repeat(121) }],
      ["externalId", ""],
    ];
    for (const [field, value] of wrong) {
      const { errors = [] } = await refused(
        maria.request("POST", "/api/calls/start", { ...start, [field]: value }),
        422,
        "invalid",
      );
      assert.ok(errors[0]?.path.startsWith(field), `${field} is named`);
    }
    await maria.request("POST", "/api/calls/start", start);
    for (const change of [
      { talkSeconds: -1 },
      { talkSeconds: 1.5 },
      { outcome: "perhaps" },
      { endedAt: "2020-01-01T00:00:00Z" },
    ])
      await refused(
        maria.request("POST", "/api/calls/end", { ...callEnd(start), ...change }),
        422,
        "invalid",
      );
    for (const change of [
      { disposition: "won" },
      { saleAmount: -1 },
      { saleAmount: "mucho" },
      { notes: "x".repeat(4001) },
    ])
      await refused(maria.request("PATCH", `/api/calls/${start.id}`, change), 422, "invalid");
    await refused(maria.request("POST", "/api/agents/me/state", { state: "on_call" }), 422, "invalid");
  });

  test("parts: wrong digest, no digest, empty, too big, too late; and wholes that are not what was announced", async () => {
    const start = callStart(server.now());
    await maria.request("POST", "/api/calls/start", start);
    const path = `/api/recordings/${start.id}`;
    const { bytes, metadata } = toneWav(0.5);
    await refused(maria.request("PUT", `${path}/parts/0`, bytes), 422, "part_invalid");
    await refused(
      maria.request("PUT", `${path}/parts/0`, bytes, contentDigest(bytes.subarray(1))),
      422,
      "part_invalid",
    );
    await refused(
      maria.request("PUT", `${path}/parts/0`, new Uint8Array(), contentDigest(new Uint8Array())),
      422,
      "part_invalid",
    );
    const big = new Uint8Array(PART_BYTES + 1);
    await refused(maria.request("PUT", `${path}/parts/0`, big, contentDigest(big)), 413, "too_large");
    await refused(maria.request("PUT", `${path}/parts/-1`, bytes, contentDigest(bytes)), 422, "invalid");
    await refused(maria.request("PUT", `${path}/parts/99999`, bytes, contentDigest(bytes)), 422, "invalid");
    assert.deepEqual(
      (await answer<{ parts: unknown[] }>(maria.request("GET", `${path}/parts`))).body.parts,
      [],
    );

    const finish = (more: object = {}, parts = 1) =>
      maria.request("POST", path, { parts, metadata: { ...metadata, ...more } });
    await refused(finish(), 409, "missing_parts");
    await maria.request("PUT", `${path}/parts/0`, bytes, contentDigest(bytes));
    const { errors } = await refused(finish({}, 2), 409, "missing_parts");
    assert.deepEqual(
      errors?.map((e) => e.path),
      ["parts.0", "parts.1"],
      "a short part in the middle is missing too",
    );
    await refused(finish({ sha256: "0".repeat(64) }), 409, "digest_mismatch");
    await refused(finish({ bytes: metadata.bytes + 2 }), 409, "digest_mismatch");
    await refused(finish({ sampleRate: 48_000 }), 422, "not_a_recording");
    await refused(finish({ channels: 1 }), 422, "not_a_recording");
    assert.equal((await finish()).status, 200);
    assert.equal((await finish()).status, 200, "once more changes nothing");
    await refused(finish({ sha256: "1".repeat(64) }), 409, "recording_complete");
    await refused(
      maria.request("PUT", `${path}/parts/0`, bytes, contentDigest(bytes)),
      409,
      "recording_complete",
    );
    await refused(
      luis.request("GET", `${path}/audio`, undefined, { range: "bytes=99999999-" }),
      416,
      "range_not_satisfiable",
    );
  });
});

for (const { name, open } of dialects)
  test(`half of a character becomes the sign for what is none, on ${name}`, async () => {
    const server = await testServer({ store: await open() });
    const admin = await server.browser("admin", { team: "Oficina" });
    const path = "/api/consent/settings";
    const half = { campaignsNotRecorded: ["Luz \ud83d", "Gas 🔥"] };
    assert.equal((await admin.request("PUT", path, half)).status, 200);
    const { campaignsNotRecorded } = (await answer<PrivacySettings>(admin.request("GET", path))).body;
    assert.deepEqual(campaignsNotRecorded.toSorted(), ["Gas 🔥", "Luz \ufffd"]);
    await server.close();
  });
