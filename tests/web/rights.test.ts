import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Job } from "#contract";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import { contacts } from "./support/office-scene.ts";
import * as scene from "./support/scene.ts";
import { DESK, visits } from "./support/visit.ts";

const [oscar] = contacts;
assert.ok(oscar);
const ID = scene.idOf(970);
const jobOf = (kind: Job["kind"], more: Partial<Job>): Job => ({
  id: ID,
  kind,
  state: "queued",
  done: 0,
  total: null,
  fileName: null,
  bytes: null,
  error: null,
  createdAt: "2026-11-23T10:00:00.000Z",
  endedAt: null,
  expiresAt: null,
  scheduleId: null,
  by: null,
  ...more,
});
/** What the server answers when the job is asked for: null is no answer at all, "gone" that there is none. */
type Answer = Job | null | "gone";

/** Answers for one person's rooms; each look at the job waits until what it shall be told is said. */
async function answering(page: Page, kind: Job["kind"]) {
  let dropped = false;
  const said: Answer[] = [];
  const looks: ((answer: Answer) => void)[] = [];
  const next = (): Promise<Answer> =>
    new Promise((resolve) => {
      const [first] = said.splice(0, 1);
      if (first === undefined) looks.push(resolve);
      else resolve(first);
    });
  await page.route("**/api/persons/*", (route) => route.fulfill({ status: 202, json: jobOf(kind, {}) }));
  await page.route("**/api/persons?*", (route) =>
    route.fulfill({
      json: { calls: 3, recordings: 2, seconds: 90, transcriptLines: 4, marks: 1, clips: 0, held: [] },
    }),
  );
  await page.route("**/api/backups", (route) => route.fulfill({ json: { items: [] } }));
  await page.route(`**/api/jobs/${ID}`, async (route) => {
    if (route.request().method() === "DELETE") {
      dropped = true;
      return route.fulfill({ status: 204 });
    }
    const answer = await next();
    if (answer === "gone") return route.fulfill({ status: 404, json: { status: 404, code: "not_found" } });
    return answer ? route.fulfill({ json: answer }) : route.abort();
  });
  return {
    dropped: () => dropped,
    say(answer: Answer): void {
      const look = looks.shift();
      if (look) look(answer);
      else said.push(answer);
    },
  };
}

describe("what a person may ask for", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const rights = (deed: (page: Page) => Promise<void>) =>
    visit(`/mobile#contactos/${oscar.id}`, DESK, { role: "admin", contacts }, deed);

  test("all that is kept: how far it is, also after an answer that did not come, then the file", () =>
    rights(async (page) => {
      const { say } = await answering(page, "expediente");
      await page.locator("[data-gather]").click();
      await page.locator("[data-job=queued] progress").waitFor();
      say(null);
      say(jobOf("expediente", { state: "running", done: 21, total: 50 }));
      await page.locator("[data-job=running]").getByText("42 %").waitFor();
      say(jobOf("expediente", { state: "running", done: 21, total: 50 }));
      say(jobOf("expediente", { state: "done", done: 50, total: 50 }));
      await page.locator(`a[href="/api/jobs/${ID}/file"]`).waitFor();
      assert.equal(await page.locator("[data-job]").count(), 0);
    }));

  test("one that is stopped does not come back with an answer that was under way", () =>
    rights(async (page) => {
      const { dropped, say } = await answering(page, "expediente");
      const look = page.waitForRequest((asked) => asked.url().includes(ID));
      await page.locator("[data-gather]").click();
      const looks = await look;
      await page.locator("[data-job] button").click();
      await page.locator("[data-gather]").waitFor();
      assert.ok(dropped());
      say(jobOf("expediente", { state: "running" }));
      await looks.response();
      await page.evaluate("new Promise((done) => setTimeout(done, 50))");
      assert.equal(await page.locator("[data-job]").count(), 0);
    }));

  test("one that is there no more is not waited for", () =>
    rights(async (page) => {
      const { say } = await answering(page, "expediente");
      await page.locator("[data-gather]").click();
      await page.locator("[data-job=queued]").waitFor();
      say("gone");
      await page.locator("[data-gather]").waitFor();
    }));

  test("to be erased: what would go, a word, and that it is done", () =>
    rights(async (page) => {
      const { say } = await answering(page, "erasure");
      await page.locator("[data-erase]").click();
      await page.locator("[data-sure] input").fill("borra");
      await page.locator("[data-sure] button[type=submit]").click();
      await page.locator("[data-sure] [aria-invalid=true]").waitFor();
      await page.locator("[data-sure] input").fill("borrar");
      await page.locator("[data-sure] button[type=submit]").click();
      say(jobOf("erasure", { state: "running", done: 1, total: 4 }));
      await page.locator("[data-job=running]").getByText("25 %").waitFor();
      say(jobOf("erasure", { state: "done" }));
      await page.locator("[data-erased]").waitFor();
      // nothing of theirs can be saved or taken any more
      assert.equal(await page.locator("dialog form, [data-gather], dialog [data-call]").count(), 0);
    }));
});
