import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readIfThere, writePrivate } from "./files.ts";

const entry = z.object({
  callId: z.string(),
  startedAt: z.iso.datetime(),
  /** When its sound begins, where it rang before. */
  answeredAt: z.iso.datetime().nullable(),
  /** Null when the call is not recorded. */
  file: z.string().nullable(),
  number: z.int(),
  /** The end of the call was put into the outbox; only its recording was still open. */
  ended: z.boolean(),
});
/** A call that has not ended, or whose recording is not closed yet. */
export type Entry = z.infer<typeof entry>;

/** Notes on the disk of calls in progress, so that the next start can finish what a crash cut off. */
export class Journal {
  readonly #folder: string;

  constructor(data: string) {
    this.#folder = join(data, "ongoing");
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  note(call: Entry): void {
    writePrivate(this.#fileOf(call.callId), JSON.stringify(call));
  }

  /** Notes that the call has no recording. */
  unrecorded(callId: string): void {
    const known = this.#read(`${callId}.json`);
    if (known) this.note({ ...known, file: null });
  }

  /** Notes that the call has ended; it is forgotten unless its recording is still open. */
  ended(callId: string): void {
    const known = this.#read(`${callId}.json`);
    if (known?.file) this.note({ ...known, ended: true });
    else this.forget(callId);
  }

  forget(callId: string): void {
    rmSync(this.#fileOf(callId), { force: true });
  }

  /** What an earlier run left; an entry that cannot be read is left out. */
  left(): Entry[] {
    const names = readdirSync(this.#folder).filter((name) => name.endsWith(".json"));
    return names.map((name) => this.#read(name)).filter((one) => one !== null);
  }

  #fileOf(callId: string): string {
    return join(this.#folder, `${callId}.json`);
  }

  #read(name: string): Entry | null {
    try {
      return entry.parse(JSON.parse(readIfThere(join(this.#folder, name)) ?? ""));
    } catch {
      return null;
    }
  }
}
