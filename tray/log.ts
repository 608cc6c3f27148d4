import { appendFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";

/** One line for the person who looks after the PC. Never words, names, phones or tokens of anybody. */
export type Log = (line: string) => void;

const MOST_BYTES = 5 * 1024 * 1024;

/** Where the tray's log is; the one before it ends in `.1`. */
export const logFile = (data: string): string => join(data, "tray.log");

/** Lines to `echo`, and into a file that this user alone can read, of 5 MiB at most, and once the same of what was before. */
export function fileLog(data: string, echo: Log = stderrLog): Log {
  const file = logFile(data);
  return (line) => {
    echo(line);
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) renameSync(file, `${file}.1`);
      appendFileSync(file, `${new Date().toISOString()} ${line}\n`, { mode: 0o600 });
    } catch (error) {
      echo(`the log file cannot be written: ${reason(error)}`);
    }
  };
}

/** Lines on stderr, each with its instant in UTC. */
export const stderrLog: Log = (line) => {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
};

/** What an error says of itself, for a log line. */
export const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
