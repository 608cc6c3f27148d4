import { createHash } from "node:crypto";
import { unlinkSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";

/** A name that the system frees when the process ends, on the systems that have such names. */
function address(data: string): string {
  const name = `callmanager-${createHash("sha256").update(data).digest("hex").slice(0, 24)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  return process.platform === "linux" ? `\0${name}` : join(data, "tray.sock");
}

/**
 * Makes this the only tray on its data folder. Returns how to let go of it, or null when another one runs.
 * @throws Error when the system refuses the socket
 */
export async function becomeOnly(data: string): Promise<(() => Promise<void>) | null> {
  const path = address(data);
  const taken = (await listen(path)) ?? ((await answers(path)) ? null : await listenAfterCrash(path));
  return taken && (() => new Promise((resolve) => taken.close(() => resolve())));
}

/** A socket file outlives a killed process; where nobody answers it is in the way. */
function listenAfterCrash(path: string): Promise<Server | null> {
  if (process.platform === "darwin") unlinkSync(path);
  return listen(path);
}

async function listen(path: string): Promise<Server | null> {
  const server = createServer((socket) => socket.end());
  const { promise, resolve, reject } = Promise.withResolvers<Server | null>();
  server.once("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") resolve(null);
    else reject(error);
  });
  server.listen(path, () => resolve(server));
  return promise;
}

async function answers(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(path, () => resolve(true));
  socket.once("error", () => resolve(false));
  const answered = await promise;
  socket.destroy();
  return answered;
}
