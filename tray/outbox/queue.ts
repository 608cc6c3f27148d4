import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  callEnd,
  callStart,
  captureInput,
  type Problem,
  recordingMetadata,
  stateInput,
  transcriptInput,
} from "#contract";
import { readIfThere, writePrivate } from "../files.ts";
import type { Outgoing } from "../ports.ts";

const callId = z.string();
const stored = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("call-start"), body: callStart }),
  z.object({ kind: z.literal("call-end"), body: callEnd }),
  z.object({ kind: z.literal("state"), body: stateInput }),
  z.object({ kind: z.literal("capture"), body: captureInput }),
  z.object({ kind: z.literal("transcript"), callId, body: transcriptInput }),
  z.object({ kind: z.literal("recording"), callId, file: z.string() }),
  z.object({
    kind: z.literal("recording-end"),
    callId,
    recorded: z.object({ file: z.string(), metadata: recordingMetadata }),
  }),
]) satisfies z.ZodType<Outgoing>;

/** One thing in the queue, in its own file. `resumed`: an earlier run put it in, and may have sent it. */
export type Item<Kind extends Outgoing["kind"] = Outgoing["kind"]> = {
  name: string;
  thing: Outgoing & { kind: Kind };
  resumed: boolean;
};

/** Why something will not be sent again: the server's problem, or one of this PC. */
export type Refusal = { code: string; detail: string } & Partial<Problem>;

/** Things in order, each in a file that is on the disk before anybody counts on it. Refused ones are kept apart. */
export class DiskQueue {
  readonly #folder: string;
  readonly #refused: string;
  #items: Item[] = [];
  #last = 0;

  /** @throws Error when the folder cannot be made */
  constructor(folder: string) {
    this.#folder = folder;
    this.#refused = join(folder, "refused");
    mkdirSync(this.#refused, { recursive: true, mode: 0o700 });
  }

  /** Reads what an earlier run left; returns the names of what could not be read and was put apart. */
  load(): string[] {
    const files = readdirSync(this.#folder);
    // A name that ends so was never acknowledged: its writer died first.
    for (const name of files.filter((name) => name.endsWith(".json.new"))) rmSync(join(this.#folder, name));
    const names = files.filter((name) => /^\d+\.json$/.test(name)).toSorted();
    const numbers = [...names, ...readdirSync(this.#refused)].map((name) => parseInt(name, 10) || 0);
    this.#last = Math.max(0, ...numbers);
    return names.filter((name) => !this.#loadOne(name));
  }

  /** Oldest first. */
  of<Kind extends Outgoing["kind"]>(...kinds: Kind[]): Item<Kind>[] {
    return this.#items.filter((item): item is Item<Kind> => (kinds as string[]).includes(item.thing.kind));
  }

  /** Puts something at the end, in memory; `save` brings it to the disk. */
  add(thing: Outgoing): Item {
    const item = { name: `${String(++this.#last).padStart(12, "0")}.json`, thing, resumed: false };
    this.#items.push(item);
    return item;
  }

  /** It is on the disk when this returns. @throws Error when it cannot be written */
  save(item: Item): void {
    writePrivate(join(this.#folder, item.name), JSON.stringify(item.thing));
    syncFolder(this.#folder);
  }

  /** Whether it still waits. */
  has(item: Item): boolean {
    return this.#items.includes(item);
  }

  /** Forgets what has arrived. If the power fails now it is sent again, which changes nothing. */
  remove(item: Item): void {
    this.#forget(item);
    rmSync(join(this.#folder, item.name), { force: true });
  }

  /** Puts something apart with the reason beside it, for a person to look at. */
  refuse(item: Item, refusal: Refusal): void {
    if (!this.has(item)) return;
    this.#forget(item);
    this.#setApart(item.name, refusal);
  }

  #loadOne(name: string): boolean {
    try {
      const thing = stored.parse(JSON.parse(readIfThere(join(this.#folder, name)) ?? ""));
      this.#items.push({ name, thing, resumed: true });
      return true;
    } catch (error) {
      const detail = error instanceof z.ZodError ? z.prettifyError(error) : "The file is not JSON.";
      this.#setApart(name, { code: "unreadable", detail });
      return false;
    }
  }

  #setApart(name: string, refusal: Refusal): void {
    const problem = join(this.#refused, name.replace(/\.json$/, ".problem.json"));
    writePrivate(problem, `${JSON.stringify({ at: new Date().toISOString(), ...refusal }, null, 2)}\n`);
    renameSync(join(this.#folder, name), join(this.#refused, name));
    syncFolder(this.#refused);
    syncFolder(this.#folder);
  }

  #forget(item: Item): void {
    this.#items = this.#items.filter((other) => other !== item);
  }
}

/** Makes new names in a folder survive a power failure; Windows does so by itself. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
