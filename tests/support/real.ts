import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

function installed(command: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * For the `skip` of a test on real parts: false when every command is installed, else the reason to skip.
 * @throws Error instead of a reason with `REQUIRE_REAL=1`, so that nothing skips unseen
 */
export function needs(...commands: string[]): string | false {
  const missing = commands.filter((command) => !installed(command));
  if (missing.length === 0) return false;
  const why = `not installed: ${missing.join(", ")}`;
  if (process.env["REQUIRE_REAL"] === "1") throw new Error(why);
  return why;
}
