import assert from "node:assert/strict";
import { test } from "node:test";
import { needs } from "../support/real.ts";
import { served } from "../support/served.ts";
import { PASSWORD, testServer } from "../support/server.ts";
import { openBrowser, openPage } from "../web/support/browser.ts";

test(
  "signing in leads back to a page of this server, whatever the link says",
  { skip: needs("chromium") },
  async (t) => {
    const server = await testServer();
    const pages = await served(server);
    const browser = await openBrowser();
    t.after(async () => {
      await browser.close();
      pages.close();
      await server.close();
    });
    const email = `${await server.person("supervisor")}@example.com`;
    for (const [next, path] of [
      ["/mobile#equipo", "/mobile#equipo"],
      ["https://evil.example/x", "/mobile"],
      ["//evil.example/x", "/mobile"],
      ["\\\\evil.example/x", "/mobile"],
      ["javascript:alert(1)", "/mobile"],
      // a path that begins with two slashes is another server's address
      ["/.//evil.example/x", "//evil.example/x"],
    ] as const) {
      const view = await openPage(browser, { width: 390, height: 844 });
      await view.page.goto(`${pages.url}/login?next=${encodeURIComponent(next)}`);
      await view.page.fill("[name=email]", email);
      await view.page.fill("[name=password]", PASSWORD);
      await view.page.click("[type=submit]");
      await view.page.waitForURL((url) => url.pathname !== "/login");
      assert.equal(view.page.url(), pages.url + path, next);
      assert.deepEqual([...view.hosts], [new URL(pages.url).host], next);
      await view.close();
    }
  },
);
