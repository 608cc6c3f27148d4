import { spawn } from "node:child_process";

/** The system's own way to open an address; none of them is a shell, so an address is never a command. */
function opener(platform: NodeJS.Platform): [string, string[]] {
  if (platform === "win32") return ["rundll32", ["url.dll,FileProtocolHandler"]];
  return [platform === "darwin" ? "open" : "xdg-open", []];
}

/**
 * Opens an http address in the default browser; resolves once its opener has started.
 * @throws Error when the system has no opener, or the address is not http
 */
export async function openInDefaultBrowser(url: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (!/^https?:$/.test(new URL(url).protocol)) throw new Error("only http addresses are opened");
  const [program, args] = opener(process.platform);
  const child = spawn(program, [...args, url], { env, stdio: "ignore", detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", () => reject(new Error(`no browser could be opened: ${program} is not there`)));
  });
  child.unref();
}
