import { spawn } from "node:child_process";
import { digestOf } from "./sqlite-copy.ts";

/** How `pg_dump` and its kin get to the database: secrets in the environment, never in the arguments. */
function connection(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const said = {
    PGHOST: searchParams.get("host") ?? hostname,
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: searchParams.get("sslmode") ?? "",
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ""));
}

/** What a program of PostgreSQL prints. @throws when it is absent or fails, with what it said last */
function run(program: string, args: string[], url: string): Promise<string> {
  const env = { ...process.env, ...connection(url) };
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => void (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (err += chunk.toString()));
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) =>
      code === 0 ? done(out) : failed(new Error(err.trim().split("\n").at(-1) ?? `${program}: ${code}`)),
    );
  });
}

/** Whether this machine has the programs that copy a PostgreSQL database and bring it back. */
export const hasPostgresTools = (url: string): Promise<boolean> =>
  Promise.all([run("pg_dump", ["--version"], url), run("pg_restore", ["--version"], url)]).then(
    () => true,
    () => false,
  );

/** Dumps a PostgreSQL database as it is at one instant, and reads the dump's contents to check it. */
export async function dumpPostgres(url: string, to: string): Promise<{ bytes: number; sha256: string }> {
  await run("pg_dump", ["--format=custom", "--no-owner", `--file=${to}`], url);
  await run("pg_restore", ["--list", to], url);
  return digestOf(to);
}

/** Puts a dump in the place of what the database has, all or nothing. */
export const restorePostgres = (url: string, dump: string): Promise<string> =>
  run(
    "pg_restore",
    [
      "--clean",
      "--if-exists",
      "--no-owner",
      "--single-transaction",
      `--dbname=${connection(url)["PGDATABASE"]}`,
      dump,
    ],
    url,
  );
