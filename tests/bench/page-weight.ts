import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import type { Measure } from "./measure.ts";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../../web/dist");
const GOAL_KB = 45;

/** The files that a browser fetches on the first load of a page: it, and what it and its modules name. */
export function firstLoad(page: string): string[] {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path) || !existsSync(join(dist, path))) return;
    seen.add(path);
    if (!/\.(html|js|css)$/.test(path)) return;
    const text = readFileSync(join(dist, path), "utf8");
    // what `import()` names comes later, when somebody asks for it
    const named = path.endsWith(".js")
      ? [...text.matchAll(/(?:^|[;}\n])\s*(?:import|export)\b[^"'();]*?["'](\.[^"']+)["']/g)]
      : [...text.matchAll(/(?:src|href)="([^"#?]+)"|url\(["']?([^"')]+)["']?\)/g)];
    for (const [, first, second] of named) {
      const target = first ?? second ?? "";
      if (/^(data:|https?:)/.test(target)) continue;
      visit(
        target.startsWith("/") ? target.slice(1) : posix.normalize(posix.join(posix.dirname(path), target)),
      );
    }
  };
  visit(page);
  return [...seen];
}

/** Bytes of a file as the server sends it to a phone. */
const brotli = (path: string): number => brotliCompressSync(readFileSync(join(dist, path))).length;

/** First load of /mobile, brotli, everything (research: Bootstrap + Chart.js + socket.io weigh 118.7 KB). */
export const measure: Measure = async () => {
  const files = firstLoad("mobile/index.html");
  const against = Object.fromEntries(files.map((file) => [file, brotli(file)]));
  const bytes = Object.values(against).reduce((a, b) => a + b, 0);
  const value = Math.round((bytes / 1000) * 10) / 10;
  return [
    {
      name: "page-weight",
      value,
      unit: "KB brotli",
      goal: `<= ${GOAL_KB}`,
      pass: files.length > 1 && value <= GOAL_KB,
      against,
    },
  ];
};
