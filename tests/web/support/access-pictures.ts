import type { User } from "#contract";
import type { Options } from "./fake-server.ts";
import { clicked, type Picture } from "./panel-pictures.ts";
import * as scene from "./scene.ts";

const elena = { ...scene.me("admin"), id: scene.idOf(301), name: "Elena Vega", email: "elena@example.com" };
const people: User[] = [elena, scene.me("supervisor"), scene.me("agent")];
/** An admin with three people, one of whom has tried too many passwords. */
export const staff: Options = {
  role: "admin",
  users: people,
  locked: [
    { userId: scene.me("supervisor").id, until: new Date(scene.NOW.getTime() + 720_000).toISOString() },
  ],
};
const opened = clicked(`[data-person="${scene.me("supervisor").id}"]`);

/** Who gets in, and how: passwords, sessions, keys. */
export const ACCESS: Picture[] = [
  { name: "people", path: "/admin", options: staff, ready: "[data-locked]" },
  {
    name: "person",
    path: "/admin",
    options: staff,
    ready: "[data-locked]",
    act: async (page) => {
      await opened(page);
      await page.waitForSelector("[data-session]");
    },
  },
  {
    name: "person-code",
    path: "/admin",
    options: staff,
    ready: "[data-locked]",
    act: async (page) => {
      await opened(page);
      await page.waitForSelector("[data-session]");
      await clicked("[data-make-code]")(page);
      await page.waitForSelector("[data-reset-code]");
    },
  },
  { name: "keys", path: "/admin#claves", options: staff, ready: "[data-key]" },
  {
    name: "keys-made",
    path: "/admin#claves",
    options: staff,
    ready: "[data-key]",
    act: async (page) => {
      await page.fill("[data-new-key] [name=name]", "CRM");
      await page.check("[value='contacts:write']");
      await clicked("[data-new-key] [type=submit]")(page);
      await page.waitForSelector("[data-made-key]");
    },
  },
  { name: "account", path: "/account", ready: "[data-session]" },
  {
    name: "account-unpair",
    path: "/account",
    ready: "[data-session]",
    act: clicked(`[data-session="${scene.idOf(903)}"] button`),
  },
  { name: "login-forgotten", path: "/login#olvido", options: { role: null }, ready: "[data-reset]" },
];
