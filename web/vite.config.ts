import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const pages = ["mobile", "assist", "admin", "login", "setup"];
const page = (name: string): string => resolve(import.meta.dirname, name, "index.html");
/** What every page needs, and what the board needs at first; texts in English and charts come on demand. */
const shared =
  /node_modules\/hono|web\/(api|board|live|session)\.tsx?|web\/i18n\/(es|index)\.ts|web\/ui\/(elapsed|format|header|icon|logo|now|shell|stack|store|theme|trouble|waveform)\.tsx?/;
const panel = /web\/mobile\/(panel\/(?!empty)|mobile\.tsx|main\.tsx|figures\/opens)/;
const compress = promisify(brotliCompress);

/** Writes `<file>.br` beside every text file of the build; the server sends that one to browsers. */
function brotliFiles(): Plugin {
  return {
    name: "brotli-files",
    apply: "build",
    async writeBundle({ dir }) {
      if (dir === undefined) return;
      const files = await readdir(dir, { recursive: true });
      const text = files.filter((file) => /\.(html|js|css|svg)$/.test(file));
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
  plugins: [brotliFiles()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: Object.fromEntries(pages.map((name) => [name, page(name)])),
      // many small files compress worse than one, and each is a request more
      output: {
        codeSplitting: {
          groups: [
            { name: "shared", test: shared },
            { name: "panel", test: panel },
          ],
        },
      },
    },
  },
});
