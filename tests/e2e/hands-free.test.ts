import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import wavefile from "wavefile";
import type { Transcript } from "#contract";
import { AUDIO, RATE, SoundServer } from "../support/audio.ts";
import { company } from "../support/company.ts";
import { Desktop, DESKTOP } from "../support/desktop.ts";
import { eventually } from "../support/eventually.ts";
import { fakeOllama } from "../support/ollama.ts";
import { allowListening, installRecogniser } from "../support/hearing.ts";
import { dataFolder } from "../support/process.ts";
import { needs } from "../support/real.ts";
import { spoken } from "../support/speech.ts";
import { TrayProcess } from "../support/tray.ts";

const SAID = "está muy caro para mí";

test(
  "the customer objects, Ctrl+A brings the card: nothing is typed, and no other key is pressed",
  { skip: needs(...DESKTOP, ...AUDIO, "chromium") },
  async (t) => {
    const ollama = await fakeOllama({ reply: ["Le", " entiendo", "."], slots: 4 });
    const office = await company(t, { OLLAMA_URL: ollama.url });
    const { url, code, get, calls } = office;
    const folder = await dataFolder();
    const [desktop, sound] = await Promise.all([Desktop.open({ host: false }), SoundServer.open()]);
    await installRecogniser(folder.path);
    await allowListening(office);
    const tray = await TrayProcess.start(folder.path, {
      ...desktop.env,
      PULSE_SERVER: sound.env["PULSE_SERVER"],
      SERVER_URL: url,
      SOFTPHONES: "none",
    });
    t.after(async () => {
      await tray.end();
      await sound.close();
      await desktop.close();
      await ollama.close();
      await folder.remove();
    });
    assert.equal((await tray.ask("POST", "/pair", { code: await code() })).status, 200);
    await desktop.terminal("crm");
    const begun = await tray.ask("POST", "/call/start", {
      contact: { name: "Juan García" },
      externalId: "sip-1",
    });
    const ears = async () =>
      ((await tray.ask("GET", "/status")).body as { call: { ears: string } | null }).call?.ears;
    await eventually("ears that listen", async () => (await ears()) === "listening");
    const panel = await eventually("the panel's page", () => desktop.window("CallManager"));

    const wav = new wavefile.WaveFile();
    wav.fromScratch(1, RATE, "16", await spoken(SAID));
    const file = join(folder.path, "customer.wav");
    writeFileSync(file, wav.toBuffer());
    await sound.customerSays(file);
    const heard = async () => {
      const { lines } = (await get(`/api/transcripts/${String(begun.body["callId"])}`)) as Transcript;
      return lines.length === 1;
    };
    await eventually("the customer's line", heard);

    assert.match(await desktop.focused(), /crm/, "nothing came up by itself");
    const pressed = performance.now();
    await desktop.xdotool("key", "ctrl+a");
    await eventually("the painted card", async () =>
      /caro/i.test(await desktop.xdotool("getwindowname", panel)),
    );
    t.diagnostic(`Ctrl+A to the painted card, nothing typed: ${Math.round(performance.now() - pressed)} ms`);
    assert.match(await desktop.focused(), /crm/, "the keyboard stays with the CRM");
    await eventually("the model's answer", () => ollama.chats().at(-1)?.outcome === "answered");
    assert.match(
      JSON.stringify(ollama.chats().at(-1)?.body),
      new RegExp(SAID),
      "asked in the customer's words",
    );

    await tray.ask("POST", "/call/end", { externalId: "sip-1" });
    await eventually("the ended call", async () => (await calls())[0]?.endedAt);
    await eventually("the call knows that it was helped", async () => (await calls())[0]?.aiAsks === 1);
    await eventually("its recording", async () => (await calls())[0]?.recorded);
  },
);
