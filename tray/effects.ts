import type { Journal } from "./journal.ts";
import { type Log, reason } from "./log.ts";
import type { Ears, Outbox, Outgoing, Panel } from "./ports.ts";
import type { Recordings } from "./recordings.ts";
import type { Effect } from "./state.ts";

/** How long the panel stays warm after the last call, in milliseconds: it takes some 300 MB of memory. */
const REST_MS = 10 * 60_000;

type Options = {
  outbox: Pick<Outbox, "put">;
  panel: Panel;
  ears: Ears;
  recordings: Recordings;
  journal: Journal;
  exit: () => void;
  log: Log;
};

/** Does what the session says, in the background, one thing's failure never another's. */
export class Effects {
  readonly #options: Options;
  readonly #pending = new Set<Promise<void>>();
  #rest: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  perform(effect: Effect): void {
    const work = this.#do(effect).catch((error: unknown) =>
      this.#options.log(`${effect.kind} failed: ${reason(error)}`),
    );
    const done = work.then(() => void this.#pending.delete(done));
    this.#pending.add(done);
  }

  /** Resolves when nothing is being done any more, also what followed from it. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async #do(effect: Effect): Promise<void> {
    const { ears, panel, recordings } = this.#options;
    switch (effect.kind) {
      case "send":
        return this.#send(effect.thing);
      case "record":
        return recordings.start(effect.call);
      case "pause-recording":
        return recordings.pause(effect.callId, effect.paused);
      case "stop-recording":
        return recordings.stop(effect.callId);
      case "discard-recording":
        return recordings.discard(effect.callId);
      case "warm-panel":
        clearTimeout(this.#rest);
        return panel.warm();
      case "show-panel":
        return panel.show(effect.quiet);
      case "listen": {
        const recording = recordings.running(effect.callId);
        return recording ? ears.start(effect.callId, recording) : undefined;
      }
      case "rest-panel":
        this.#rest = setTimeout(() => void panel.rest(), REST_MS).unref();
        return;
      case "exit":
        return this.#options.exit();
    }
  }

  async #send(thing: Outgoing): Promise<void> {
    const { outbox, journal } = this.#options;
    await outbox.put(thing);
    if (thing.kind === "call-end") journal.ended(thing.body.id);
    if (thing.kind === "recording-end") journal.forget(thing.callId);
  }
}
