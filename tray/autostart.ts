import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const NAME = "CallManager";
const RUN_KEY = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Run`;

/** How this system starts a program when its user signs in: a file of its own, or `reg.exe`'s words. */
export type Entry = { file: string; text: string } | { add: string[]; remove: string[] };

type Place = { platform: NodeJS.Platform; env: Record<string, string | undefined>; home: string };

/** What starts `command` at sign-in; its words may hold spaces, quotes and signs of markup. */
export function entryFor(command: string[], { platform, env, home }: Place): Entry {
  if (platform === "win32") {
    const line = command.map((word) => `"${word}"`).join(" ");
    return {
      add: ["add", RUN_KEY, "/v", NAME, "/t", "REG_SZ", "/d", line, "/f"],
      remove: ["delete", RUN_KEY, "/v", NAME, "/f"],
    };
  }
  if (platform === "darwin") {
    const words = command.map((word) => `    <string>${markup(word)}</string>`).join("\n");
    return {
      file: join(home, "Library", "LaunchAgents", "callmanager.tray.plist"),
      text: `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>callmanager.tray</string>
  <key>ProgramArguments</key>
  <array>
${words}
  </array>
  <key>RunAtLoad</key>
  <true/>
</dict>
</plist>
`,
    };
  }
  // once for the words of a command, once more for the text of a desktop file
  const quoted = (word: string) =>
    word
      .replace(/[\\"`$]/g, "\\$&")
      .replaceAll("\\", "\\\\")
      .replaceAll("%", "%%");
  const words = command.map((word) => `"${quoted(word)}"`);
  return {
    file: join(env["XDG_CONFIG_HOME"] ?? join(home, ".config"), "autostart", "callmanager.desktop"),
    text: `[Desktop Entry]\nType=Application\nName=${NAME}\nExec=${words.join(" ")}\nX-GNOME-Autostart-enabled=true\n`,
  };
}

const markup = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * Makes the tray start when this user signs in, or no longer. Idempotent.
 * @returns where it is written down
 * @throws Error when the system refuses
 */
export async function setAutostart(on: boolean, command: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const place = { platform: process.platform, env, home: env["HOME"] ?? homedir() };
  const entry = entryFor(command, place);
  if ("file" in entry) {
    if (!on) await rm(entry.file, { force: true });
    else {
      await mkdir(dirname(entry.file), { recursive: true });
      await writeFile(entry.file, entry.text);
    }
    return entry.file;
  }
  // deleting what is not there is an error for reg.exe, and what was wanted
  await run("reg.exe", on ? entry.add : entry.remove).catch((error: unknown) => {
    if (on) throw error;
  });
  return RUN_KEY;
}
