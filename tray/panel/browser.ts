import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

type Variables = Record<string, string | undefined>;

const LINUX = [
  "google-chrome-stable",
  "google-chrome",
  "chromium",
  "chromium-browser",
  "microsoft-edge-stable",
  "microsoft-edge",
];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const WINDOWS = ["Microsoft\\Edge\\Application\\msedge.exe", "Google\\Chrome\\Application\\chrome.exe"];

/**
 * The path of a browser that can be the panel, or null. `CALLMANAGER_BROWSER` decides when it is set:
 * a path, or a name to be found in PATH.
 */
export function findBrowser(env: Variables, platform: NodeJS.Platform = process.platform): string | null {
  const own = env["CALLMANAGER_BROWSER"];
  return (own ? candidates(env, own) : known(env, platform)).find(runs) ?? null;
}

function known(env: Variables, platform: NodeJS.Platform): string[] {
  if (platform === "darwin") return MAC;
  if (platform !== "win32") return LINUX.flatMap((name) => candidates(env, name));
  const folders = [env["ProgramFiles(x86)"], env["ProgramFiles"], env["LOCALAPPDATA"]];
  return folders.flatMap((folder) => (folder ? WINDOWS.map((path) => `${folder}\\${path}`) : []));
}

function candidates(env: Variables, name: string): string[] {
  if (isAbsolute(name)) return [name];
  return (env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name));
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
