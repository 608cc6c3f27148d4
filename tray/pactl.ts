import { type ChildProcess, execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Several events tell of one change. */
const SETTLE_MS = 30;
const WAITS_MS = [1_000, 2_000, 5_000, 15_000];

type Options = {
  env: NodeJS.ProcessEnv;
  /** Which kinds of things matter, as `pactl subscribe` names them. */
  about: RegExp;
  /** Something has changed, or the first look. Called again only when the promise is settled. */
  onChange: () => Promise<void>;
  /** The sound server has gone, or cannot be asked; `onChange` follows when it is back. */
  onGone: (why: "pactl is not there" | "no sound server") => void;
  waits?: number[];
};

const english = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...env, LC_ALL: "C.UTF-8" });

/** Asks PulseAudio, or PipeWire's server of the same protocol. @throws Error when it does not answer */
export async function pactl(env: NodeJS.ProcessEnv, ...words: string[]): Promise<string> {
  const options = { env: english(env), timeout: 5_000, maxBuffer: 16 * 1024 * 1024 };
  return (await run("pactl", words, options)).stdout;
}

/** Follows the sound server: told of each change, never polled. @returns how to stop */
export function followSound({ env, about, onChange, onGone, waits = WAITS_MS }: Options): () => void {
  let child: ChildProcess | null = null;
  let stopped = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let settle: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const look = () => {
    looking = looking.then(async () => {
      if (stopped) return;
      // a look that fails is the server's end: `subscribe` ends too, and is started again
      await onChange().then(
        () => (failures = 0),
        () => undefined,
      );
    });
  };
  const watch = () => {
    child = spawn("pactl", ["subscribe"], { env: english(env), stdio: ["ignore", "pipe", "ignore"] });
    child.stdout?.on("data", (chunk: Buffer) => {
      if (!about.test(chunk.toString("latin1"))) return;
      clearTimeout(settle);
      settle = setTimeout(look, SETTLE_MS);
    });
    let gone = false;
    const again = (why: "pactl is not there" | "no sound server") => {
      if (gone || stopped) return;
      gone = true;
      onGone(why);
      retry = setTimeout(watch, waits[Math.min(failures++, waits.length - 1)]);
    };
    child.once("error", () => again("pactl is not there"));
    child.once("exit", () => again("no sound server"));
    look();
  };
  watch();
  return () => {
    stopped = true;
    clearTimeout(retry);
    clearTimeout(settle);
    child?.kill("SIGKILL");
  };
}
