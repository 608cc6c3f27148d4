import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { openPage, type Look } from "./browser.ts";
import { fakeServer, type FakeServer, type Options } from "./fake-server.ts";
import * as scene from "./scene.ts";

export const PHONE: Look = { width: 390, height: 844 };
export const DESK: Look = { width: 1440, height: 900 };
export const PANEL: Look = { width: 420, height: 640 };

/** An agent with a call, without one, or with one that has just ended. */
export const own = (which: "call" | "none" | "ended", more: Options = {}): Options => ({
  role: "agent",
  snapshot: scene.ownSnapshot(which),
  ...more,
});

/** Opens a page of a server of its own, lets somebody do something there, and closes both. */
export const visits =
  (browser: () => Browser) =>
  async (
    path: string,
    look: Look,
    options: Options,
    deed: (page: Page, server: FakeServer) => Promise<void>,
  ): Promise<void> => {
    const server = await fakeServer(options);
    const view = await openPage(browser(), look);
    try {
      await view.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await view.page.goto(server.url + path);
      await deed(view.page, server);
    } finally {
      await view.close();
      await server.close();
    }
  };

/** The body of the last request of that kind; a path that ends in a slash stands for all below it. */
export function sent(server: FakeServer, method: string, path: string): Record<string, unknown> {
  const found = server.asked.findLast(
    (one) => one.method === method && (path.endsWith("/") ? one.path.startsWith(path) : one.path === path),
  );
  assert.ok(found, `${method} ${path} was never asked`);
  return found.body as Record<string, unknown>;
}
