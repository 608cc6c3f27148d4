// Draws the icons of the home screen from web/public/icon.svg: `node tests/web/icons.ts`, after the drawing has changed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser } from "./support/browser.ts";

const folder = join(import.meta.dirname, "../../web/public");
const drawing = readFileSync(join(folder, "icon.svg"), "utf8");
// a maskable icon fills its square; phones cut it to their own shape, and the voices lie well inside
const square = drawing.replace('rx="9"', "");

const browser = await openBrowser();
for (const [name, size, svg] of [
  ["icon-192.png", 192, drawing],
  ["icon-512.png", 512, drawing],
  ["icon-maskable.png", 512, square],
] as const) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${svg}`);
  await page.screenshot({ path: join(folder, name), omitBackground: true });
  await page.close();
}
await browser.close();
