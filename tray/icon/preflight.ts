import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const WATCHER = "org.kde.StatusNotifierWatcher";

type Variables = Record<string, string | undefined>;

/** Why no icon can be drawn in this session, or null when nothing speaks against it. */
export function obstacle(env: Variables, platform: NodeJS.Platform = process.platform): string | null {
  if (platform !== "linux") return null;
  if (process.arch !== "x64") return `systray2 has no helper for Linux on ${process.arch}`;
  if (!env["DISPLAY"] && !env["WAYLAND_DISPLAY"]) return "there is no desktop (DISPLAY is not set)";
  const bus = env["XDG_RUNTIME_DIR"] && existsSync(join(env["XDG_RUNTIME_DIR"], "bus"));
  return env["DBUS_SESSION_BUS_ADDRESS"] || bus ? null : "there is no D-Bus session bus";
}

/**
 * Whether somebody shows icons on this desktop. Linux asks the session bus; where `gdbus` is missing it cannot
 * be known, and the answer is yes.
 */
export async function hasHost(
  env: Variables,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  if (platform !== "linux") return true;
  const call = [
    "call",
    "--session",
    "--timeout",
    "3",
    "--dest",
    "org.freedesktop.DBus",
    "--object-path",
    "/",
  ];
  try {
    const asked = [...call, "--method", "org.freedesktop.DBus.NameHasOwner", WATCHER];
    const { stdout } = await run("gdbus", asked, { env, timeout: 5_000 });
    return stdout.includes("true");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}
