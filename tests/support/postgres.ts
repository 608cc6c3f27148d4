import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DEBIAN = "/usr/lib/postgresql";
/** Where this machine's PostgreSQL has its programs; null where there is none. */
const programs = existsSync(DEBIAN)
  ? (readdirSync(DEBIAN)
      .map((version) => join(DEBIAN, version, "bin"))
      .find((bin) => existsSync(join(bin, "initdb"))) ?? null)
  : null;

/** For the `skip` of a test on a real PostgreSQL server. */
export const withoutPostgres = programs === null ? "not installed: postgresql" : false;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A PostgreSQL server of its own, with an empty database. It refuses to run as root, so then it is its own user's. */
export async function startPostgres(): Promise<{ url: string; stop: () => void }> {
  if (programs === null) throw new Error("PostgreSQL is not installed");
  const folder = mkdtempSync(join(tmpdir(), "callmanager-postgres-"));
  const port = await freePort();
  const root = process.getuid?.() === 0;
  if (root) {
    const owner = Number(execFileSync("id", ["-u", "postgres"], { encoding: "utf8" }));
    chownSync(folder, owner, owner);
  }
  const run = (program: string, ...args: string[]): void => {
    const line = [join(programs, program), ...args];
    const [command = "", ...rest] = root ? ["runuser", "-u", "postgres", "--", ...line] : line;
    execFileSync(command, rest, { stdio: "ignore", cwd: folder });
  };
  const data = join(folder, "data");
  run("initdb", "-D", data, "-U", "callmanager", "--auth=trust", "--encoding=UTF8");
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder} -c fsync=off`;
  run("pg_ctl", "-D", data, "-w", "-l", join(folder, "log"), "-o", options, "start");
  return {
    url: `postgres://callmanager@127.0.0.1:${port}/postgres`,
    stop: () => {
      run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
