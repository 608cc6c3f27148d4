import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Capture, Snapshot } from "#contract";
import { AUDIO, SoundServer } from "../support/audio.ts";
import { within } from "../support/bounds.ts";
import { company } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder } from "../support/process.ts";
import { needs } from "../support/real.ts";
import { TrayProcess } from "../support/tray.ts";

const SHOWN_MS = 2_000;
type Side = keyof Capture;
type Stream = { index: number; properties: Record<string, string> };

/** An agent's PC with a microphone `usb` and a headset that can be unplugged, and the office that looks at it. */
async function pc(t: TestContext) {
  const office = await company(t);
  const sound = await SoundServer.open();
  t.after(() => sound.close());
  const folder = await dataFolder();
  t.after(() => folder.remove());
  const { DISPLAY: _none, ...headless } = sound.env;
  const env = {
    ...headless,
    SERVER_URL: office.url,
    SOFTPHONES: "none",
    // named devices are not left for others: the alarm stays until somebody has seen it
    AGENT_DEVICE: "usb",
    CUSTOMER_DEVICE: "jabra.monitor",
  };
  const tray = await TrayProcess.start(folder.path, env);
  t.after(() => tray.end("SIGKILL"));
  await tray.pairFromPage(office.url, await office.code());
  const live = async (): Promise<Capture | null | undefined> => {
    const answer = await fetch(`${office.url}/api/live`, { headers: { cookie: office.cookie } });
    const reader = answer.body?.getReader();
    const text = new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
    return (JSON.parse(/^data: ?(.*)$/m.exec(text)?.[1] ?? "null") as Snapshot).agents[0]?.capture;
  };
  const plug = {
    agent: () =>
      sound.pactl("load-module", "module-remap-source", "source_name=usb", "master=micfeed.monitor"),
    customer: () =>
      sound.pactl("load-module", "module-null-sink", "sink_name=jabra", "norewinds=1", "rate=44100"),
  };
  return { office, sound, tray, live, plug };
}

/** A softphone as the sound server sees it: it records and plays at once. */
async function softphone(t: TestContext, sound: SoundServer, source: string, sink: string) {
  const start = (program: string, ...args: string[]): ChildProcess => {
    const child = spawn(program, ["--client-name=linphone", "--raw", ...args], {
      env: sound.env,
      stdio: "ignore",
    });
    t.after(() => child.kill("SIGKILL"));
    return child;
  };
  const both = [start("parec", `--device=${source}`), start("pacat", `--device=${sink}`, "/dev/zero")];
  const index = async (kind: string) => {
    const all = JSON.parse(await sound.pactl("-f", "json", "list", kind)) as Stream[];
    const own = all.find(({ properties }) => properties["application.name"] === "linphone");
    return own && String(own.index);
  };
  return {
    input: await eventually("its voice", () => index("sink-inputs")),
    output: await eventually("its microphone", () => index("source-outputs")),
    async end() {
      for (const child of both) {
        child.kill("SIGKILL");
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      }
    },
  };
}

test(
  "muted, unplugged or swapped, either side: icon and office show it within two seconds",
  { skip: needs(...AUDIO) },
  async (t) => {
    const { office, sound, tray, live, plug } = await pc(t);
    let phone: Awaited<ReturnType<typeof softphone>> | null = null;
    const inverse = { agent: "customer", customer: "agent" } as const;
    const faults: [string, Side, Capture[Side][], () => Promise<unknown>][] = [
      ["microphone muted", "agent", ["muted"], () => sound.pactl("set-source-mute", "usb", "1")],
      ["headset muted", "customer", ["muted"], () => sound.pactl("set-sink-mute", "jabra", "1")],
      ["microphone unplugged", "agent", ["missing", "wrong_device"], () => unplug("source_name=usb")],
      ["headset unplugged", "customer", ["missing", "wrong_device"], () => unplug("sink_name=jabra")],
      [
        "the call moved to another microphone",
        "agent",
        ["wrong_device"],
        () => sound.pactl("move-source-output", phone?.output ?? "", "mic"),
      ],
      [
        "the call moved to another headset",
        "customer",
        ["wrong_device"],
        () => sound.pactl("move-sink-input", phone?.input ?? "", "headset"),
      ],
    ];
    async function unplug(name: string) {
      const modules = await sound.pactl("list", "short", "modules");
      const line = modules.split("\n").find((one) => one.includes(name)) ?? assert.fail();
      await sound.pactl("unload-module", line.split("\t")[0] ?? "");
    }

    for (const [name, side, states, happens] of faults)
      await t.test(name, async () => {
        for (const one of ["agent", "customer"] as const) await plug[one]();
        await sound.pactl("set-default-source", "usb");
        await sound.pactl("set-default-sink", "jabra");
        if (name.startsWith("the call")) phone = await softphone(t, sound, "usb", "jabra");
        await tray.ask("POST", "/call/start", { contact: { name: "Eva" } });
        await eventually("both sides", async () => {
          const capture = await live();
          return capture?.agent === "ok" && capture.customer === "ok";
        });
        await wait(700);
        assert.deepEqual(await live(), { agent: "ok", customer: "ok" });
        try {
          const began = performance.now();
          await happens();
          const shown = await eventually("the alarm at the office", async () => {
            const capture = await live();
            return capture && capture[side] !== "ok" ? capture : null;
          });
          const ms = performance.now() - began;
          assert.ok(states.includes(shown[side]), shown[side]);
          within(t, `${name}: ${shown[side]} at the office`, ms, SHOWN_MS);
          assert.equal(shown[inverse[side]], "ok", "the other side is well");
          const { state, call } = (await tray.ask("GET", "/status")).body as {
            state: string;
            call: { capture: Capture };
          };
          assert.deepEqual([state, call.capture], ["error", shown]);
        } finally {
          await tray.ask("POST", "/call/end", {});
          await eventually("no call", async () => (await tray.ask("GET", "/status")).body["call"] === null);
          await phone?.end();
          phone = null;
          for (const device of ["source_name=usb", "sink_name=jabra"])
            await unplug(device).catch(() => undefined);
        }
      });

    const recordings = await eventually("every recording", async () => {
      const all = await office.recordings();
      return all.length === faults.length ? all.toReversed() : null;
    });
    for (const [i, [name, side]] of faults.entries()) {
      const score = recordings[i]?.completeness ?? assert.fail();
      assert.ok(score[side] < 1, `${name}: ${JSON.stringify(score)}`);
    }
  },
);
