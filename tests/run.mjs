// `npm test`: installs what is missing, also Debian's packages where it may, then runs every suite.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildPages } from "../server/launch/build.mjs";
import { install, node, root } from "../server/launch/install.mjs";

/** What the real parts of the tests need: sound, a desktop, a browser, telephones. */
const DEBIAN = [
  ..."pulseaudio pulseaudio-utils sox libsox-fmt-all espeak-ng alsa-utils libasound2-plugins".split(" "),
  ..."xvfb xauth openbox xfce4-panel dbus dbus-x11 libayatana-appindicator3-1 xdotool x11-utils".split(" "),
  ..."libglib2.0-bin imagemagick xterm chromium libxtst6 libxt6 fonts-inter".split(" "),
  ..."baresip-core sip-tester libreoffice-calc-nogui flac ffmpeg".split(" "),
];

function debianPackages() {
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  const debian = /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
  if (!debian) return report(DEBIAN);
  const installed = (name) => spawnSync("dpkg", ["-s", name], { stdio: "ignore" }).status === 0;
  const missing = DEBIAN.filter((name) => !installed(name));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) return report(missing);
  const line = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  console.log(`Installing for the tests on real parts:\n  ${line}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-q"], { stdio: ["ignore", "ignore", "inherit"], env });
  spawnSync("apt-get", line.split(" ").slice(1), { stdio: ["ignore", "ignore", "inherit"], env });
}

function report(missing) {
  console.log(
    `The suites on real sound, desktop and browser skip what is not here. To run them:\n` +
      `  sudo apt-get install -y --no-install-recommends ${missing.join(" ")}`,
  );
}

/** Runs one group of suites; `concurrency` files at a time. */
function suites(files, concurrency) {
  const args = ["--test", `--test-concurrency=${concurrency}`, "--test-timeout=600000", ...files];
  return spawnSync(node, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}

install();
const only = process.argv.slice(2);
if (only.length > 0) {
  buildPages();
  process.exit(suites(only, 1));
}
debianPackages();
buildPages();
// globSync came with Node 22, so the pinned runtime lists the files
const list = spawnSync(node, ["-e", "console.log(JSON.stringify(fs.globSync('tests/**/*.test.ts')))"], {
  cwd: root,
});
const files = JSON.parse(list.stdout.toString());
const slow = files.filter(
  (file) => file.includes(join("tests", "e2e")) || file.includes(join("tests", "tray")),
);
const quick = files.filter((file) => !slow.includes(file));
if (quick.length === 0) {
  console.error("No test file was found.");
  process.exit(1);
}
const quickly = suites(quick, 2);
// real desktops and sound cards: one after the other on a small machine
const slowly = slow.length === 0 ? 0 : suites(slow, 1);
process.exit(quickly || slowly);
