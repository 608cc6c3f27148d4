import { chromium, type Browser, type Page } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];

/** A real, headless Chromium. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      ...FLAGS,
      "--disable-component-update",
      "--disable-sync",
      "--autoplay-policy=no-user-gesture-required",
    ],
  });

/** A phone in the hand. */
export const PHONE = { width: 390, height: 844 };

/** What a page must never do: errors on its console, requests to other hosts. */
export function watch(page: Page, origin: string): { complaints: string[] } {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const url = new URL(request.url());
    const ours = url.origin === origin || url.protocol === "data:" || url.protocol === "blob:";
    if (!ours && url.host !== "127.0.0.1:5055") complaints.push(`request to ${url.host}`);
  });
  return { complaints };
}
