import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { installable } from "./pwa/build.config.ts";
import { onlyWhatIsUsed } from "./ui/build.config.ts";

const pages = ["mobile", "assist", "admin", "account", "login", "setup"];
const page = (name: string): string => resolve(import.meta.dirname, name, "index.html");
/** What every page needs, and what the board needs at first; texts and charts come on demand. */
const shared =
  /node_modules\/hono|web\/(api|board|live|session)\.tsx?|web\/i18n\/index\.ts|web\/ui\/(day|elapsed|format|header|icon|logo|now|shell|stack|store|theme|trouble)\.tsx?/;
/** What the first screens of all roles begin with, then what only some of them need. */
const mobile: [name: string, test: RegExp][] = [
  ["start", /web\/(mobile\/(main|mobile|scope|figures\/opens|panel\/tile)|ui\/plot)\.tsx?/],
  ["export-button", /mobile\/panel\/export-button/],
  ["tiles", /mobile\/panel\/tiles/],
  ["panel", /mobile\/panel\/(?!empty|save|bars)/],
  ["office", /web\/office\.ts/],
  ["field", /web\/ui\/(field|clipboard|uuid|work)\./],
  // what sheets of exports, figures and persons share: one file, because the first load names each
  ["jobs", /web\/(jobs|ui\/(job-bar|beside|progress))\./],
  [
    "desk",
    /web\/(copilot\.|mobile\/(time\/(?!correct-)|talk\/)|ui\/(pull|wrap-up|use-wrap-up|amount|disposition|outcomes)\.|i18n\/(time|talk|outcome)\.ts)/,
  ],
];
/** The words of one language that first screens show: what is read together comes, and compresses, together. */
const words = ["es", "en"].flatMap((language): [name: string, test: RegExp][] => [
  [language, new RegExp(`web/i18n/(alerts\\.)?${language}\\.ts`)],
  [`day.${language}`, new RegExp(`web/i18n/(day|outcome|talk|time)\\.${language}\\.ts`)],
]);
const compress = promisify(brotliCompress);

/** Writes `<file>.br` beside every text file of the build; the server sends that one to browsers. */
function brotliFiles(): Plugin {
  return {
    name: "brotli-files",
    apply: "build",
    async writeBundle({ dir }) {
      if (dir === undefined) return;
      const files = await readdir(dir, { recursive: true });
      const text = files.filter((file) => /\.(html|js|css|svg|webmanifest)$/.test(file));
      await Promise.all(text.map((file) => writeBrotli(join(dir, file))));
    },
  };
}

async function writeBrotli(file: string): Promise<void> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  await writeFile(`${file}.br`, await compress(await readFile(file), { params }));
}

export default defineConfig({
  root: import.meta.dirname,
  appType: "mpa",
  plugins: [onlyWhatIsUsed(), installable(), brotliFiles()],
  resolve: {
    // hono's own <form>, <title>, <script> and <link> of React 19: no page uses them, and they weigh 1.4 KB
    alias: [
      {
        find: /^\.\/intrinsic-element\/components\.js$/,
        replacement: resolve(import.meta.dirname, "ui/plain-elements.ts"),
      },
    ],
  },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssTarget: ["chrome125", "firefox128", "safari17.5"],
    rolldownOptions: {
      input: {
        ...Object.fromEntries(pages.map((name) => [name, page(name)])),
        sw: resolve(import.meta.dirname, "pwa/sw.ts"),
      },
      // many small files compress worse than one, and each is a request more
      output: {
        // a service worker rules over the folder in which it lies
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          groups: [
            { name: "shared", test: shared },
            ...[...words, ...mobile].map(([name, test]) => ({ name, test })),
          ],
        },
      },
    },
  },
});
