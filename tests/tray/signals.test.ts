import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rename, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { CallSignal, CallSignals } from "../../tray/ports.ts";
import { baresipSignals } from "../../tray/signals/baresip.ts";
import { macUse, recordingPids } from "../../tray/signals/mac.ts";
import { microphoneSignals } from "../../tray/signals/microphone.ts";
import { netstring, netstrings } from "../../tray/signals/netstring.ts";
import { pulseUse, recordingPrograms } from "../../tray/signals/pulse.ts";
import { programsInUse, type Registry, windowsUse } from "../../tray/signals/windows.ts";
import { AUDIO, SoundServer } from "../support/audio.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder } from "../support/process.ts";
import { needs } from "../support/real.ts";

async function heard(t: TestContext, signals: CallSignals): Promise<CallSignal[]> {
  const all: CallSignal[] = [];
  await signals.start((signal) => {
    all.push(signal);
    return { taken: "now", callId: null };
  });
  t.after(() => signals.stop());
  return all;
}
const kinds = (signals: CallSignal[]) => signals.map(({ kind }) => kind);

describe("the microphone in use", () => {
  const fast = { beginsAfterMs: 40, endsAfterMs: 80, softphones: ["linphone"] };

  /** A use that the test decides. */
  function scripted() {
    let tell: (programs: string[]) => void = () => undefined;
    return {
      use: { start: async (changed: typeof tell) => void (tell = changed), stop: async () => undefined },
      now: (...programs: string[]) => tell(programs),
    };
  }

  test("a call begins once it lasts, and ends once it is over", async (t) => {
    const { use, now } = scripted();
    const signals = await heard(t, microphoneSignals({ use, ...fast }));
    now("Linphone Desktop");
    assert.deepEqual(kinds(signals), []);
    await eventually("the call", () => signals.length === 1);
    now("Linphone Desktop", "firefox");
    now();
    await eventually("its end", () => signals.length === 2);
    const [start, end] = signals;
    assert.ok(start?.kind === "start" && end?.kind === "end");
    assert.deepEqual([start.by, start.call.source], ["microphone", "microphone"]);
    assert.equal(end.externalId, start.call.externalId);
  });

  test("a blink of it, a browser, and a headset that is changed are no calls", async (t) => {
    const { use, now } = scripted();
    const signals = await heard(t, microphoneSignals({ use, ...fast }));
    now("linphone");
    now();
    now("firefox");
    await wait(120);
    assert.deepEqual(signals, []);
    now("linphone");
    await eventually("the call", () => signals.length === 1);
    now();
    now("linphone");
    await wait(160);
    assert.deepEqual(kinds(signals), ["start"]);
  });

  test("what pactl lists: not our own recorders, not what is corked, not a device without a process", () => {
    const stream = (name: string, binary: string, more: object = {}) => ({
      corked: false,
      ...more,
      properties: {
        "application.name": name,
        "application.process.binary": binary,
        "application.process.id": "7",
      },
    });
    const listed = [
      stream("ALSA plug-in [baresip]", "baresip"),
      stream("CallManager", "pacat"),
      stream("Zoiper", "zoiper5", { corked: true }),
      { corked: false, properties: { "media.name": "Loopback" } },
    ];
    assert.deepEqual(recordingPrograms(JSON.stringify(listed)), ["baresip ALSA plug-in [baresip]"]);
  });

  test("Windows' ConsentStore, as its keys are written (a fixture: not run on Windows)", () => {
    const store = String.raw`Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\microphone`;
    const values: Record<string, [bigint, bigint]> = {
      [`${store}\\Microsoft.SkypeApp_kzf8qxf38zg5c`]: [133_000_000_000_000_000n, 133_000_000_100_000_000n],
      [String.raw`${store}\NonPackaged\C:#Program Files#MicroSIP#microsip.exe`]: [
        133_000_000_200_000_000n,
        0n,
      ],
      [String.raw`${store}\NonPackaged\C:#tools#sox.exe`]: [0n, 0n],
    };
    const registry: Registry = {
      keys: (path) =>
        [...new Set(Object.keys(values).filter((key) => key.startsWith(`${path}\\`)))]
          .map((key) => key.slice(path.length + 1).split("\\")[0] ?? "")
          .filter((name, i, all) => all.indexOf(name) === i),
      number: (path, name) => values[path]?.[name === "LastUsedTimeStart" ? 0 : 1] ?? null,
    };
    assert.deepEqual(programsInUse(registry), ["microsip.exe"]);
    assert.deepEqual(programsInUse({ keys: () => [], number: () => null }), []);
  });

  test("macOS' assertions, as pmset writes them (a fixture: not run on a Mac)", () => {
    const assertions = `Assertion status system-wide:
   PreventUserIdleSystemSleep     1
Listed by owning process:
   pid 181(coreaudiod): [0x00012a5c0001980f] 00:00:12 PreventUserIdleSystemSleep named: "com.apple.audio.BuiltInMicrophoneDevice.context.preventuseridlesleep"
\tCreated for PID: 5123.
\tResources: audio-in BuiltInMicrophoneDevice
   pid 181(coreaudiod): [0x00012a5d0001980f] 00:00:12 PreventUserIdleSystemSleep named: "com.apple.audio.BuiltInSpeakerDevice.context.preventuseridlesleep"
\tCreated for PID: 777.
\tResources: audio-out BuiltInSpeakerDevice
`;
    assert.deepEqual(recordingPids(assertions), [5123]);
    assert.deepEqual(recordingPids(""), []);
  });

  test("a call on Windows, from the registry's words to its end (a fixture: not run on Windows)", async (t) => {
    const key = String.raw`NonPackaged\C:#Program Files#Linphone#bin#linphone.exe`;
    let stopped = 5n;
    const registry: Registry = {
      keys: (path) => (path.endsWith("microphone") ? ["NonPackaged"] : [key.slice("NonPackaged\\".length)]),
      number: (path, name) => {
        if (!path.endsWith(key)) return null;
        return name === "LastUsedTimeStart" ? 4n : stopped;
      },
    };
    const use = windowsUse({ log: assert.fail, open: async () => registry, pollMs: 20 });
    const signals = await heard(t, microphoneSignals({ use, ...fast }));
    await wait(120);
    assert.deepEqual(signals, []);
    stopped = 0n;
    await eventually("the call", () => signals.length === 1);
    stopped = 9n;
    await eventually("its end", () => signals.length === 2);
    assert.deepEqual(kinds(signals), ["start", "end"]);
    const log: string[] = [];
    const none = windowsUse({
      log: (line) => log.push(line),
      open: () => Promise.reject(new Error("absent")),
    });
    await none.start(() => assert.fail());
    assert.match(log.join("\n"), /native-reg is not installed/);
  });

  test(
    "a call on macOS, from pmset's words to its end (a fixture: not run on a Mac)",
    { skip: process.platform === "win32" },
    async (t) => {
      const folder = await dataFolder();
      t.after(() => folder.remove());
      const program = async (name: string, script: string) => {
        const file = join(folder.path, name);
        // it is run meanwhile: half a script would say that nobody speaks
        await writeFile(`${file}.new`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
        await rename(`${file}.new`, file);
      };
      const pmset = (text: string) => program("pmset", `cat <<'WORDS'\n${text}\nWORDS`);
      const idle = "Assertion status system-wide:";
      const talking = `${idle}\n   pid 181(coreaudiod): PreventUserIdleSystemSleep\n\tCreated for PID: 5123.\n\tResources: audio-in Mic`;
      await pmset(idle);
      await program("ps", 'test "$4" = 5123 && echo /Applications/Linphone.app/Contents/MacOS/Linphone');
      const log: string[] = [];
      const env = { PATH: `${folder.path}:/usr/bin:/bin` };
      const use = macUse({ env, log: (line) => log.push(line), pollMs: 40 });
      const signals = await heard(t, microphoneSignals({ use, ...fast }));
      await pmset(talking);
      await eventually("the call", () => signals.length === 1);
      await program("pmset", "exit 1");
      await eventually("the word on it", () => log.length === 1);
      assert.deepEqual(kinds(signals), ["start"], "what cannot be asked for a moment ends no call");
      await pmset(idle);
      await eventually("its end", () => signals.length === 2);
      assert.deepEqual(kinds(signals), ["start", "end"]);
      assert.equal(log.length, 1);
    },
  );

  test(
    "on a real sound server, also after it has gone and come back",
    { skip: needs(...AUDIO) },
    async (t) => {
      const sound = await SoundServer.open();
      t.after(() => sound.close());
      const log: string[] = [];
      const use = pulseUse({ env: sound.env, log: (line) => log.push(line), waits: [100] });
      const signals = await heard(t, microphoneSignals({ use, ...fast }));
      const records = (name: string): ChildProcess => {
        const args = [`--client-name=${name}`, "--device=mic", "--raw"];
        const child = spawn("parec", args, { env: sound.env, stdio: ["ignore", "ignore", "ignore"] });
        t.after(() => child.kill("SIGKILL"));
        return child;
      };
      const browser = records("Firefox");
      await wait(300);
      assert.deepEqual(signals, [], "a browser is no call");
      const softphone = records("linphone");
      await eventually("the call", () => signals.length === 1);
      softphone.kill("SIGKILL");
      await eventually("its end", () => signals.length === 2);
      assert.deepEqual(kinds(signals), ["start", "end"]);
      browser.kill("SIGKILL");
      await sound.restart();
      records("linphone");
      await eventually("a call after the server came back", () => signals.length === 3);
      assert.match(log.join("\n"), /cannot be seen: no sound server/);
    },
  );
});

describe("baresip's ctrl_tcp", () => {
  test("netstrings arrive in any pieces; what is none ends the reading", () => {
    const texts: string[] = [];
    const take = netstrings((text) => texts.push(text));
    const bytes = Buffer.from(netstring('{"a":"ñ"}') + netstring("b"));
    for (const byte of bytes) assert.equal(take(Buffer.from([byte])), true);
    assert.deepEqual(texts, ['{"a":"ñ"}', "b"]);
    for (const wrong of ["x1:a,", "3:abcd", "9999999:", "HTTP/1.1 200 OK\r\n\r\n"])
      assert.equal(netstrings(() => assert.fail())(Buffer.from(wrong)), false, wrong);
  });

  /** Stands in for baresip where the real one cannot be made to do it: words that it never says, and its death. */
  async function fakeBaresip(t: TestContext) {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket.on("error", () => undefined)));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const log: string[] = [];
    const options = { host: "127.0.0.1", port, log: (line: string) => log.push(line), waits: [20] };
    const signals = await heard(t, baresipSignals(options));
    const connected = (count: number) => eventually("the connection", () => sockets.length === count);
    await connected(1);
    const says = (told: object) => sockets.at(-1)?.write(netstring(JSON.stringify(told)));
    const event = (type: string, more: object = {}) => {
      const call = { class: "call", direction: "incoming", peeruri: "sip:+34600111222@10.0.0.9", id: "c1" };
      says({ event: true, type, ...call, ...more });
    };
    return { sockets, signals, log, connected, says, event };
  }

  test("noise, unknown events and calls without a name change nothing", async (t) => {
    const { says, event, signals } = await fakeBaresip(t);
    says({ nothing: 1 });
    event("REGISTER_OK", { id: undefined });
    event("CALL_CLOSED", { id: "unknown" });
    event("CALL_DTMF_START");
    event("CALL_INCOMING");
    event("CALL_CLOSED", { param: "Connection reset by peer" });
    await eventually("the missed call", () => signals.length > 0);
    const [missed, ...more] = signals;
    assert.ok(missed?.kind === "unanswered" && more.length === 0);
    assert.deepEqual([missed.outcome, missed.call.contact], ["missed", { phone: "+34600111222" }]);
  });

  test("an end that came while it was not connected is seen when it is back", async (t) => {
    const { sockets, connected, says, event, signals, log } = await fakeBaresip(t);
    event("CALL_INCOMING", { peerdisplayname: "Juan García" });
    event("CALL_ESTABLISHED");
    await eventually("the call", () => signals.length === 1);
    sockets[0]?.destroy();
    await connected(2);
    says({ response: true, ok: true, data: "\n--- Active calls (0) ---\n\n", token: "listcalls" });
    await eventually("its end", () => signals.length === 2);
    assert.deepEqual(kinds(signals), ["start", "end"]);
    assert.doesNotMatch(log.join("\n"), /Juan|600111/);
  });

  test("what is not baresip is left, and asked again later", async (t) => {
    const { sockets, connected, signals } = await fakeBaresip(t);
    sockets[0]?.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    await connected(2);
    assert.deepEqual(signals, []);
  });
});
