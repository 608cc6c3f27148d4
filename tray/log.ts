/** One line for the person who looks after the PC. Never words, names, phones or tokens of anybody. */
export type Log = (line: string) => void;

/** Lines on stderr, each with its instant in UTC. */
export const stderrLog: Log = (line) => {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
};

/** What an error says of itself, for a log line. */
export const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
