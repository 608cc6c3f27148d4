declare module "node-record-lpcm16" {
  import type { ChildProcess } from "node:child_process";
  import type { Readable } from "node:stream";

  /** What reaches the recorder's file; more options than these pass through to a custom one. */
  type Options = {
    sampleRate: number;
    channels: number;
    audioType: "raw" | "wav";
    /** `sox`, `rec`, `arecord`, or the absolute path of a CommonJS file. */
    recorder: string;
    device?: string;
    env?: Record<string, string | undefined>;
  };
  /** A child process that has been started. Its stream emits `error` with a string. */
  type Recording = { process: ChildProcess; stream(): Readable; stop(): void };

  /** CommonJS: only the default import works in an ES module. */
  const recorder: { record(options: Options): Recording };
  export default recorder;
}
