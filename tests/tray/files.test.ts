import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { dataFolder, readConfig } from "../../tray/config.ts";
import { becomeOnly } from "../../tray/instance.ts";
import { Journal } from "../../tray/journal.ts";
import { localStamp, nextNumber } from "../../tray/numbering.ts";
import type { Outgoing, Recorded, Recorder } from "../../tray/ports.ts";
import { Recordings } from "../../tray/recordings.ts";
import { finishInterrupted } from "../../tray/recovery.ts";
import { readDevice, writeDevice } from "../../tray/server/device.ts";
import type { Event, OngoingCall } from "../../tray/state.ts";

const CALL = "0197a000-0000-7000-8000-00000000000a";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "tray-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const ongoing = (name: string): OngoingCall => ({
  id: CALL,
  startedAt: new Date(2026, 10, 22, 14, 30, 25).toISOString(),
  answeredAt: null,
  reports: [],
  startedMs: 0,
  begun: { source: "softphone", direction: "inbound", contact: { name } },
  heldSinceMs: null,
  heldMs: 0,
  recording: "starting",
  paused: false,
  health: null,
  ears: "off",
  customerHeard: false,
});
const recorded = (file: string, durationSeconds: number): Recorded => ({
  file,
  metadata: {
    sampleRate: 44100,
    channels: 2,
    bitsPerSample: 16,
    durationSeconds,
    bytes: 44,
    sha256: "0".repeat(64),
  },
});

/** A recorder without sound: it notes what it was asked, and can be made to fail. */
function silentRecorder(fails: { start?: boolean; stop?: boolean } = {}) {
  const asked: string[] = [];
  const recorder: Recorder = {
    start: async (file) => {
      asked.push(`start ${file}`);
      if (fails.start) throw new Error("disk full");
      return {
        file,
        flowing: Promise.resolve(),
        safeBytes: () => 44,
        pause: () => void asked.push("pause"),
        resume: () => void asked.push("resume"),
        onHealth: () => undefined,
        levels: () => ({ agent: -96, customer: -96 }),
        listen: () => undefined,
        scrub: async () => ({ fromByte: 44, toByte: 44 }),
        stop: async (beforeClose) => {
          await beforeClose?.();
          if (fails.stop) throw new Error("gone");
          return recorded(file, 9);
        },
      };
    },
    recover: async (file) => {
      asked.push(`recover ${file}`);
      return recorded(file, 61.4);
    },
  };
  return { asked, recorder };
}

function recordingsOn(t: TestContext, recorder: Recorder) {
  const data = folder(t);
  const journal = new Journal(data);
  const events: Event[] = [];
  const dispatch = (event: Event) => void events.push(event);
  const parts = {
    data,
    recorder,
    journal,
    agent: () => "María López",
    dispatch,
    beforeClose: async () => undefined,
    log: () => undefined,
  };
  return { data, journal, events, recordings: new Recordings(parts) };
}

test("a call's file has the mission's name, is noted while it grows, and its number goes along", async (t) => {
  const { asked, recorder } = silentRecorder();
  const { data, journal, events, recordings } = recordingsOn(t, recorder);
  await recordings.start(ongoing("Juan García"));
  const name = "recordings/María López/Juan García/llamada_001_Juan García_20261122_143025.wav";
  const file = join(data, name);
  assert.deepEqual(events, [{ kind: "recording-started", callId: CALL, file }]);
  assert.equal(journal.left()[0]?.file, file);
  recordings.pause(CALL, true);
  recordings.pause(CALL, false);
  assert.deepEqual(asked, [`start ${file}`, "pause", "resume"]);
  await recordings.stop(CALL);
  assert.ok(events[1]?.kind === "recording-stopped");
  assert.equal(events[1].recorded.metadata.number, 1);
});

test("a pause is kept although the recorder is still starting, and across a split", async (t) => {
  const { asked, recorder } = silentRecorder();
  const { recordings } = recordingsOn(t, recorder);
  const starting = recordings.start(ongoing("Ana"));
  recordings.pause(CALL, true);
  await starting;
  assert.equal(asked.at(-1), "pause");
  await recordings.stop(CALL);
  await recordings.start({
    ...ongoing("Ana"),
    startedAt: new Date(2026, 10, 22, 18, 0).toISOString(),
    paused: true,
  });
  assert.equal(asked.at(-1), "pause");
  await recordings.stop(CALL);
  asked.length = 0;
  const again = recordings.start({ ...ongoing("Eva"), paused: true });
  recordings.pause(CALL, false);
  await again;
  assert.equal(asked.includes("pause"), false);
});

test("a contact's name cannot leave the folder", async (t) => {
  const { recorder } = silentRecorder();
  const { data, events, recordings } = recordingsOn(t, recorder);
  await recordings.start(ongoing("../../etc/passwd"));
  assert.ok(events[0]?.kind === "recording-started");
  assert.ok(events[0].file.startsWith(join(data, "recordings", "María López")));
  assert.ok(!events[0].file.includes(".."));
});

test("a recorder that cannot write is told, and the call is still finished after a crash", async (t) => {
  const { recorder } = silentRecorder({ start: true });
  const { journal, events, recordings } = recordingsOn(t, recorder);
  await recordings.start(ongoing("Ana"));
  assert.deepEqual(events, [{ kind: "recording-failed", callId: CALL }]);
  assert.equal(journal.left()[0]?.file, null);
  journal.ended(CALL);
  assert.deepEqual(journal.left(), []);
});

test("a recording that cannot be closed is mended", async (t) => {
  const { asked, recorder } = silentRecorder({ stop: true });
  const { events, recordings } = recordingsOn(t, recorder);
  await recordings.start(ongoing("Ana"));
  await recordings.stop(CALL);
  assert.equal(events[1]?.kind, "recording-stopped");
  assert.match(asked.at(-1) ?? "", /^recover /);
});

test("a call cut off by a crash ends where its audio ends; one whose end was told is not ended twice", async (t) => {
  const { recorder } = silentRecorder();
  const { journal, recordings } = recordingsOn(t, recorder);
  const sent: Outgoing[] = [];
  const outbox = { put: async (thing: Outgoing) => void sent.push(thing) };
  const entry = {
    callId: CALL,
    startedAt: "2026-11-22T14:30:05.000Z",
    answeredAt: "2026-11-22T14:30:25.000Z",
    file: "/a.wav",
    number: 3,
    ended: false,
  };
  journal.note(entry);
  await finishInterrupted({ journal, recordings, outbox });
  assert.deepEqual(sent[0], {
    kind: "call-end",
    body: {
      id: CALL,
      answeredAt: entry.answeredAt,
      endedAt: "2026-11-22T14:31:26.400Z",
      talkSeconds: 61,
      outcome: "answered",
    },
  });
  assert.ok(sent[1]?.kind === "recording-end");
  assert.equal(sent[1].recorded.metadata.number, 3);
  assert.deepEqual(journal.left(), []);
  sent.length = 0;
  journal.note(entry);
  journal.ended(CALL);
  await finishInterrupted({ journal, recordings, outbox });
  assert.deepEqual(
    sent.map((thing) => thing.kind),
    ["recording-end"],
  );
});

test("numbers count per local day, across restarts, and survive a damaged file", (t) => {
  const data = folder(t);
  const monday = new Date(2026, 10, 23, 23, 59, 59);
  assert.deepEqual([nextNumber(data, monday), nextNumber(data, monday)], [1, 2]);
  assert.equal(nextNumber(data, new Date(2026, 10, 24, 0, 0, 0)), 1);
  writeFileSync(join(data, "numbers.json"), "{");
  assert.equal(nextNumber(data, monday), 1);
  assert.equal(localStamp(new Date(2026, 0, 2, 3, 4, 5)), "20260102_030405");
});

test(
  "a token is kept for its server only, unreadable to others",
  { skip: process.platform === "win32" },
  (t) => {
    const data = folder(t);
    const agent = {
      id: CALL,
      name: "María",
      email: "m@example.com",
      role: "agent" as const,
      team: "A",
      site: "B",
      language: "es" as const,
      active: true,
      teams: [],
    };
    const device = { token: "secret", agent, device: "PC-7", serverUrl: "http://a" };
    assert.equal(readDevice(data, "http://a"), null);
    writeDevice(data, device);
    assert.deepEqual(readDevice(data, "http://a"), device);
    assert.equal(readDevice(data, "http://b"), null);
    assert.equal(statSync(join(data, "device.json")).mode & 0o777, 0o600);
    writeFileSync(join(data, "device.json"), "{}");
    assert.throws(() => readDevice(data, "http://a"), /pair this PC again/);
  },
);

test("one tray on a data folder; another folder has its own", async (t) => {
  const data = folder(t);
  const release = await becomeOnly(data);
  assert.ok(release);
  assert.equal(await becomeOnly(data), null);
  const other = await becomeOnly(folder(t));
  assert.ok(other);
  await Promise.all([release(), other()]);
  const again = await becomeOnly(data);
  assert.ok(again);
  await again();
});

test("the configuration: defaults, the place for data, and a readable failure", () => {
  const config = readConfig({
    HOME: "/home/maria",
    LANGUAGE: "fr_FR:en_GB:en",
    SERVER_URL: "https://calls.example/",
  });
  assert.equal(config.TRAY_DATA, "/home/maria/.local/share/callmanager");
  assert.deepEqual(
    [config.LANGUAGE, config.SERVER_URL, config.CONTROL_PORT],
    ["en", "https://calls.example", 5055],
  );
  assert.equal(readConfig({ LANGUAGE: "fr" }).LANGUAGE, "es");
  assert.equal(dataFolder({ XDG_DATA_HOME: "/x" }, "linux"), "/x/callmanager");
  assert.match(dataFolder({ HOME: "/Users/m" }, "darwin"), /Application Support/);
  assert.throws(
    () => readConfig({ HOTKEY_WHEN: "never", CONTROL_PORT: "99999" }),
    /CONTROL_PORT[\s\S]*HOTKEY_WHEN/,
  );
});
