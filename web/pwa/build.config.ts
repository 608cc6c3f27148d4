import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin, Rolldown } from "vite";
import { en } from "../i18n/en.ts";
import { es } from "../i18n/es.ts";
import { en as recordingsEn } from "../i18n/recordings.en.ts";
import { es as recordingsEs } from "../i18n/recordings.es.ts";

/** What a phone's home screen needs to know, in one language. */
const manifest = (lang: string, { product, nav }: typeof es, recordings: string) => ({
  id: "/mobile",
  lang,
  name: product,
  short_name: product,
  start_url: "/mobile",
  scope: "/",
  display: "standalone",
  background_color: "#0b0e12",
  theme_color: "#0b0e12",
  icons: [
    { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
    { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
    { src: "/icon-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
  shortcuts: [
    { name: nav.team, url: "/mobile#equipo" },
    { name: recordings, url: "/mobile#grabaciones" },
  ],
});

/** The files that the board may ever ask for: what its page names, and what its modules name, also on demand. */
function shellOf(page: string, bundle: Rolldown.OutputBundle): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const file = bundle[name];
    if (!file || found.has(name)) return;
    found.add(name);
    if (file.type !== "chunk") return;
    for (const css of file.viteMetadata?.importedCss ?? []) visit(css);
    for (const next of [...file.imports, ...file.dynamicImports]) visit(next);
  };
  for (const [name] of page.matchAll(/assets\/[\w.-]+/g)) visit(name);
  // a worker is an asset, which no module imports
  for (const name of Object.keys(bundle)) if (name.includes("live-worker")) visit(name);
  return ["/mobile", "/theme.js", "/icon.svg", ...[...found].map((name) => `/${name}`).toSorted()];
}

/** Makes the board installable: its manifests, and the list of files in its service worker. */
export function installable(): Plugin {
  return {
    name: "installable",
    apply: "build",
    generateBundle() {
      for (const [lang, texts, recordings] of [
        ["es", es, recordingsEs],
        ["en", en, recordingsEn],
      ] as const) {
        const source = JSON.stringify(manifest(lang, texts, recordings.title));
        this.emitFile({ type: "asset", fileName: `app.${lang}.webmanifest`, source });
      }
    },
    writeBundle: {
      order: "pre",
      sequential: true,
      async handler({ dir = "" }, bundle) {
        const text = (name: string): Promise<string> => readFile(join(dir, name), "utf8");
        const [code, page, ...more] = await Promise.all(
          ["sw.js", "mobile/index.html", "theme.js", "icon.svg"].map(text),
        );
        const files = shellOf(page ?? "", bundle);
        const all = JSON.stringify([code, page, files, more]);
        const version = createHash("sha256").update(all).digest("hex").slice(0, 16);
        await writeFile(join(dir, "sw.js"), `const SHELL = ${JSON.stringify({ version, files })};\n${code}`);
      },
    },
  };
}
