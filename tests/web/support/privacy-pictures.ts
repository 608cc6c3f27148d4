import type { Page } from "playwright-core";
import type { Options } from "./fake-server.ts";
import { contacts } from "./office-scene.ts";
import { clicked, type Picture } from "./panel-pictures.ts";
import * as scene from "./scene.ts";

/** Does what one may do for the person of a contact, and brings it into sight. */
const rights = (
  name: string,
  options: Options,
  ready: string,
  act?: (page: Page) => Promise<void>,
): Picture => ({
  name: `rights${name}`,
  path: `/mobile#contactos/${scene.idOf(900)}`,
  options: { contacts, role: "admin", ...options },
  ready: "[data-rights]",
  act: async (page) => {
    await act?.(page);
    await page.waitForSelector(ready);
    await page.locator("[data-rights] > :last-child").scrollIntoViewIfNeeded();
  },
});
const gather = clicked("[data-gather]");
const look = async (page: Page): Promise<void> => {
  await clicked("[data-erase]")(page);
  await page.waitForSelector("[data-sure]");
};
/** Types the word that must be typed, which stands in the label, and sends it. */
const erase = async (page: Page): Promise<void> => {
  await look(page);
  const label = await page.locator("[data-sure] label").innerText();
  await page.fill("[name=word]", /\p{Lu}{3,}/u.exec(label)?.[0] ?? "");
  await clicked("[data-sure] [type=submit]")(page);
};

/** What a company says before it records, and what it does for one person. */
export const PRIVACY: Picture[] = [
  {
    name: "privacy",
    path: "/admin#privacidad",
    options: { role: "admin" },
    ready: "[data-part=campaigns]",
    whole: true,
  },
  {
    name: "privacy-saved",
    path: "/admin#privacidad",
    options: { role: "admin" },
    ready: "[data-part=campaigns]",
    act: async (page) => {
      await clicked("[data-part=wording] [type=submit]", "[data-part=campaigns] [type=submit]")(page);
      await page.getByRole("status").filter({ hasText: /\S/ }).nth(1).waitFor();
    },
    whole: true,
  },
  rights("", { role: "supervisor" }, "[data-rights] [role=switch]"),
  rights("-admin", {}, "[data-erase]"),
  rights("-gathering", { personJob: "running" }, "[data-job=running]", gather),
  rights("-gathered", {}, "[data-rights] a[download]", gather),
  rights("-gather-failed", { personJob: "failed" }, "[data-rights] [role=alert]", gather),
  rights("-sure", {}, "[name=word]", look),
  rights("-wrong-word", {}, "#word-note", async (page) => {
    await look(page);
    await page.fill("[name=word]", "no");
    await clicked("[data-sure] [type=submit]")(page);
  }),
  rights("-held", { personHeld: true }, "[data-sure] [role=alert]", look),
  rights("-erasing", { personJob: "running" }, "[data-job=running]", erase),
  rights("-erase-failed", { personJob: "failed" }, "[data-sure] [role=alert]", erase),
  rights("-erased", {}, "[data-backups] li", erase),
];
