import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { withFrom, withTo } from "../../web/mobile/recordings/player/clip.ts";
import { lastOfEach } from "../../web/mobile/recordings/player/listeners.ts";
import { roomFor } from "../../web/mobile/recordings/player/points.ts";
import { afterSilence, silencesOf } from "../../web/mobile/recordings/player/silence.ts";
import { openBrowser } from "./support/browser.ts";
import { listeners, moments } from "./support/library-scene.ts";
import * as scene from "./support/scene.ts";
import { DESK, own, PHONE, sent, visits } from "./support/visit.ts";

const LIST = "/mobile#grabaciones";
const OSCAR = scene.idOf(200);
const agreed = scene.recordings.map((one) => ({ ...one, consent: "given" as const }));
const MARKS = `/api/recordings/${OSCAR}/marks`;

describe("what the player works out", () => {
  test("silence is where no lane has a sound for more than a second", () => {
    const peaks = [
      [0, 0, 50, 0, 0, 0, 2, 9, 0, 0],
      [0, 0, 0, 0, 1, 0, 3, 0, 0, 0],
    ];
    const found = silencesOf(peaks, 10);
    assert.deepEqual(found, [
      { from: 0, to: 2 },
      { from: 3, to: 7 },
      { from: 8, to: 10 },
    ]);
    assert.deepEqual(silencesOf(peaks, 2.5), [], "a breath is not a silence");
    assert.deepEqual(silencesOf([], 10), []);
  });

  test("what is skipped leaves both edges of a silence to be heard", () => {
    const silences = [{ from: 3, to: 7 }];
    assert.equal(afterSilence(silences, 3.1), null);
    assert.equal(afterSilence(silences, 3.3), 6.75);
    assert.equal(afterSilence(silences, 6.6), null, "it speaks again at once");
    assert.equal(afterSilence(silences, 8), null);
  });

  test("a clip has a second at the least and a minute at the most, within the recording", () => {
    assert.deepEqual(withFrom({ from: 10, to: 40 }, 20, 100), { from: 20, to: 40 });
    assert.deepEqual(withFrom({ from: 50, to: 90 }, 5, 100), { from: 5, to: 65 });
    assert.deepEqual(withFrom({ from: 10, to: 40 }, 45, 100), { from: 45, to: 46 });
    assert.deepEqual(withFrom({ from: 10, to: 40 }, 120, 100), { from: 99, to: 100 });
    assert.deepEqual(withTo({ from: 10, to: 40 }, 95, 100), { from: 35, to: 95 });
    assert.deepEqual(withTo({ from: 10, to: 40 }, 4, 100), { from: 3, to: 4 });
    assert.deepEqual(withTo({ from: 10, to: 40 }, -3, 100), { from: 0, to: 1 });
  });

  test("a number on the lanes needs room beside the one before that has its own", () => {
    assert.deepEqual(roomFor([0.1, 0.12, 0.16, 0.5, 0.5, 0.9]), [true, false, true, true, false, true]);
    assert.deepEqual(roomFor([]), []);
  });

  test("whoever listened is told of once, by the last time", () => {
    assert.deepEqual(lastOfEach(listeners), listeners.slice(0, 2));
  });
});

describe("the library's player", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  const open = async (page: Page): Promise<void> => {
    await page.locator(`[data-call="${OSCAR}"]`).click();
    await page.locator("[data-mark]").first().waitFor();
  };
  const at = (page: Page): Promise<number> =>
    page.locator(".lanes").getAttribute("aria-valuenow").then(Number);
  /** It stands there, or has played on from there while nobody looked. */
  const place = (page: Page, seconds: number) =>
    eventually(`${seconds} s`, async () => {
      const past = (await at(page)) - seconds;
      return past >= -1 && past <= 3;
    });
  const audio = (page: Page, what: string) => page.evaluate(`document.querySelector(".dock audio").${what}`);

  const plays = (page: Page, yes = true) =>
    eventually(yes ? "it to play" : "it to stop", async () => (await audio(page, "paused")) === !yes);

  test("it is played by keys, wherever the focus is in the list or the player", () =>
    visit(LIST, { ...DESK, clock: "real" }, {}, async (page) => {
      await open(page);
      await page.keyboard.press("l");
      await page.keyboard.press("ArrowRight");
      await place(page, 15);
      await page.keyboard.press("J");
      await page.keyboard.press("ArrowLeft");
      await place(page, 0);
      await page.keyboard.press("2");
      await plays(page);
      await place(page, 198);
      await page.keyboard.press("]");
      await page.keyboard.press("]");
      assert.equal(await audio(page, "playbackRate"), 1.5);
      await page.keyboard.press("[");
      assert.equal(await audio(page, "playbackRate"), 1.25);
      await page.getByRole("button", { name: "Velocidad 1,25×" }).waitFor();
      await page.keyboard.press("Space");
      await plays(page, false);
      // letters that somebody types are letters
      await page.getByRole("searchbox").fill("");
      await page.getByRole("searchbox").pressSequentially("ml ]");
      assert.equal(await audio(page, "playbackRate"), 1.25);
      assert.equal(await page.locator("[data-mark]").count(), 2);
    }));

  test("how fast one listens stays for the next recording, between 0,75× and 2×", () =>
    visit(LIST, DESK, {}, async (page) => {
      await open(page);
      const speeds: string[] = [];
      for (let i = 0; i < 6; i++) {
        await page.locator(".speed").click();
        speeds.push(await page.locator(".speed").innerText());
      }
      assert.deepEqual(speeds, ["1,25×", "1,5×", "1,75×", "2×", "0,75×", "1×"]);
      await page.locator(".speed").click();
      await page.locator("[data-call]").nth(1).click();
      await page.getByRole("dialog", { name: "Reproductor: Teresa Maldonado" }).waitFor();
      assert.equal(await page.locator(".speed").innerText(), "1,25×");
    }));

  test("silence is skipped: a pause of the recording, in no time", () =>
    visit(LIST, { ...DESK, clock: "real" }, {}, async (page) => {
      await open(page);
      await page.getByRole("button", { name: "Saltar silencios" }).click();
      await page.locator("[data-skip][aria-pressed=true]").waitFor();
      await page.getByRole("button", { name: "Reproducir", exact: true }).click();
      await plays(page);
      await page.evaluate("document.querySelector('.dock audio').currentTime = 258");
      await eventually("the end of the pause", async () => (await at(page)) >= 288);
      assert.ok((await at(page)) < 300);
    }));

  test("what was silenced and what is missing shows on the lanes, with its words", () =>
    visit(LIST, PHONE, {}, async (page) => {
      await open(page);
      assert.equal(await page.locator(".hatch").count(), 2);
      await page.getByText(/Grabación en pausa 32\ss: datos de tarjeta/).waitFor();
      assert.equal(await page.locator(".customer-voice .lost").count(), 1);
      assert.equal(await page.locator(".agent-voice .lost").count(), 0);
      await page.getByText(/Falta la voz del cliente: 1\ss, desde 0:12/).waitFor();
    }));

  test("a moment is marked, undone, marked with words, taken away and put back", () =>
    visit(LIST, DESK, {}, async (page, server) => {
      await open(page);
      await page.keyboard.press("l");
      await page.keyboard.press("m");
      await page.getByText("Marcado en 0:10").waitFor();
      const { kind, atMs, text } = sent(server, "POST", MARKS);
      assert.deepEqual({ kind, atMs, text }, { kind: "flag", atMs: 10_000, text: "" });
      assert.deepEqual(await page.locator("[data-pin]").allInnerTexts(), ["1", "2", "3"]);
      await page.getByRole("button", { name: "Deshacer" }).click();
      await page.locator("[data-mark='3']").waitFor({ state: "detached" });

      await page.getByRole("button", { name: "Marcar este momento" }).click();
      const field = page.getByLabel("Comentario, que verá el agente");
      // letters are words now: an «m» marks nothing
      await eventually("the words are asked for", () =>
        field.evaluate((it) => it === document.activeElement),
      );
      await page.keyboard.type("Aquí, más despacio");
      await field.press("Enter");
      await page.getByRole("button", { name: /^Marca 1 0:10 Aquí, más despacio/ }).click();
      await page.getByText("el agente aún no lo ha visto").waitFor();
      await page.getByRole("button", { name: "Borrar la marca 1" }).click();
      await page.getByText("Marca borrada.").waitFor();
      assert.equal(await page.locator("[data-mark]").count(), 2);
      await page.locator("[data-put-back]").click();
      await page.getByRole("button", { name: /^Marca 1 0:10 Aquí, más despacio/ }).waitFor();
    }));

  test("somebody else's mark can be heard and not changed", () =>
    visit(LIST, { ...DESK, clock: "real" }, {}, async (page) => {
      await open(page);
      await page.getByRole("button", { name: /^Marca 1 1:10 Marca/ }).click();
      await place(page, 70);
      await page.locator("[data-comment='1']").getByText("Marta Soler").waitFor();
      assert.equal(await page.locator("[data-comment] button").count(), 0);
    }));

  test("what marks itself is numbered among the marks, heard by chip and key, and changed by nobody", () =>
    visit(LIST, { ...DESK, clock: "real" }, { moments, recordings: agreed }, async (page) => {
      await open(page);
      const chips = page.locator("[data-mark]");
      const words = async () =>
        (await chips.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").replace(/^Marca /, ""));
      await eventually("them", async () => (await chips.count()) === 6);
      assert.deepEqual(await words(), [
        "1 0:05 Consentimiento",
        "2 1:10 Marca",
        "3 3:14 Objeción: Es caro",
        "4 3:18 Muy bien: primero le das la razón y luego el precio.",
        "5 3:34 Ayuda IA",
        "6 5:36 Venta",
      ]);
      assert.deepEqual(await page.locator("[data-pin]").allInnerTexts(), ["1", "2", "3", "4", "5", "6"]);
      await page.getByRole("button", { name: /^Marca 3 3:14 Objeción: Es caro/ }).click();
      await plays(page);
      await place(page, 194);
      assert.equal(await page.locator("[data-comment]").count(), 0, "there is nothing to write");
      await page.keyboard.press("5");
      await place(page, 214);
      // of a sale, which stands at the end, the last words are heard
      await page.locator("[data-kind=sale]").click();
      await place(page, 326);
      await plays(page);
      await page.keyboard.press("4");
      await page.getByRole("button", { name: "Pausar" }).click();
      await page.keyboard.press("m");
      await page.getByText(/Marcado en 3:\d\d/).waitFor();
      assert.equal(await chips.count(), 7);
      await page.getByRole("button", { name: "Deshacer" }).click();
      await eventually("six again", async () => (await chips.count()) === 6);
    }));

  test("up to a minute is chosen on the lanes, tried out, kept and played as an example", () =>
    visit(LIST, { ...DESK, clock: "real" }, {}, async (page, server) => {
      await open(page);
      await page.locator("[data-line='3'] button").first().click();
      await plays(page);
      await page.getByRole("button", { name: "Pausar" }).click();
      await plays(page, false);
      await page.getByRole("button", { name: "Recortar un ejemplo" }).click();
      const chosen = async (): Promise<string> =>
        (await page.locator("[data-clip-length]").innerText()).replaceAll("\u00a0", " ");
      await eventually("half a minute", async () => /^3:1([4-7]) – 3:4\1 · 30 s$/.test(await chosen()));
      // the end is dragged far beyond a minute: the beginning comes along
      const handle = page.getByRole("slider", { name: "Final del ejemplo" });
      const box = await handle.boundingBox();
      const lanes = await page.locator(".lanes").boundingBox();
      assert.ok(box && lanes);
      await page.mouse.move(box.x + 6, box.y + 30);
      await page.mouse.down();
      await page.mouse.move(lanes.x + (300 / 336) * lanes.width, box.y + 30, { steps: 8 });
      await page.mouse.up();
      assert.equal(await chosen(), "4:00 – 5:00 · 1 min");
      await page.getByRole("slider", { name: "Principio del ejemplo" }).focus();
      await page.keyboard.press("ArrowRight");
      assert.equal(await chosen(), "4:01 – 5:00 · 59 s");
      // the place of the playback as both of its ends
      await page.getByRole("button", { name: "Hasta aquí" }).click();
      await page.evaluate("document.querySelector('.dock audio').currentTime = 190");
      await place(page, 190);
      await page.getByRole("button", { name: "Desde aquí" }).click();
      await eventually("from there on", async () => /^3:10 – 3:1\d · \d s$/.test(await chosen()));
      await page.getByRole("button", { name: "Oír el trozo" }).click();
      await plays(page);
      await plays(page, false);
      assert.ok(Math.abs((await at(page)) - 195) <= 2, "it stops at the end of the clip");

      await page.getByLabel("Título del ejemplo").fill("Cómo se responde a «es caro»");
      await page.keyboard.press("Enter");
      await page.locator("[data-example='Cómo se responde a «es caro»']").waitFor();
      const { title, fromMs, toMs } = sent(server, "POST", `/api/recordings/${OSCAR}/clips`);
      assert.equal(title, "Cómo se responde a «es caro»");
      assert.ok(Number(fromMs) >= 189_000 && Number(toMs) - Number(fromMs) <= 60_000);
      await page.getByRole("button", { name: "Oír el ejemplo Objeción de precio" }).click();
      await page.getByRole("button", { name: "Parar el ejemplo Objeción de precio" }).click();
      await page.getByRole("button", { name: "Borrar el ejemplo Objeción de precio" }).click();
      await page.locator("[data-example='Objeción de precio']").waitFor({ state: "detached" });
    }));

  test("who listened stands at the foot; without an answer only that one's own is noted", async () => {
    await visit(LIST, PHONE, {}, async (page) => {
      await open(page);
      await page.locator("[data-heard='2']").waitFor();
      assert.equal(
        (await page.locator("[data-heard] span").last().innerText()).replace(/\s+/g, " "),
        "Escuchado por Marta Soler hoy 16:40 y Calidad (descarga) hoy 16:31. Tu escucha también queda registrada.",
      );
    });
    await visit(LIST, PHONE, {}, async (page) => {
      await page.route("**/listeners", (route) => route.abort());
      await open(page);
      await page.getByText("Tu escucha también queda registrada.").waitFor();
      assert.equal(await page.locator("[data-heard='0']").count(), 1);
    });
  });

  test("consent, format and hold are said; only an admin puts a recording into the trash, and back", async () => {
    const [oscar, ...others] = scene.recordings;
    assert.ok(oscar);
    const refused = { ...oscar, format: "opus" as const, held: true, consent: "refused" as const };
    await visit(LIST, DESK, { role: "admin", recordings: [refused, ...others] }, async (page, server) => {
      await open(page);
      await page.locator(".tags").getByText("No quiso que se grabara").waitFor();
      await page.locator("[data-format=opus]").waitFor();
      await page.locator("[data-held]").waitFor();
      await page.getByRole("link", { name: /^Descargar grabación \(Opus, / }).waitFor();
      await page.getByRole("button", { name: "Mover a la papelera" }).click();
      await page.locator(`[data-call="${OSCAR}"]`).waitFor({ state: "detached" });
      await page.getByText("Elige una grabación").waitFor();
      assert.ok(server.asked.some(({ method, path }) => method === "DELETE" && path.endsWith(OSCAR)));
      await page.getByRole("button", { name: "Deshacer" }).click();
      await page.locator(`[data-call="${OSCAR}"]`).waitFor();
    });
    await visit(LIST, DESK, {}, async (page) => {
      await open(page);
      await page.locator("[data-consent=unknown]").getByText("Consentimiento sin anotar").waitFor();
      assert.equal(await page.locator("[data-trash]").count(), 0);
    });
    await visit(LIST, DESK, own("none"), async (page) => {
      await open(page);
      assert.equal(await page.locator("[data-trash],[data-clip-begin]").count(), 0);
    });
  });

  test("what the server says against a mark or a clip stands there, and nothing typed is lost", () =>
    visit(LIST, DESK, {}, async (page) => {
      await open(page);
      await page.route("**/clips", (route) => route.abort());
      await page.getByRole("button", { name: "Recortar un ejemplo" }).click();
      await page.getByLabel("Título del ejemplo").fill("Saludo");
      await page.keyboard.press("Enter");
      await page.locator("[data-clip] [role=alert]").waitFor();
      assert.equal(await page.getByLabel("Título del ejemplo").inputValue(), "Saludo");
      await page.route("**/marks", (route) => route.abort());
      await page.getByRole("button", { name: "Marcar este momento" }).click();
      await page.locator(".marks [role=alert]").waitFor();
    }));

  test("the keys are told of on a desk", () =>
    visit(LIST, DESK, {}, async (page) => {
      await open(page);
      await page.getByRole("button", { name: "Teclas" }).click();
      await page.getByText("10 s atrás o adelante").waitFor();
    }));
});
