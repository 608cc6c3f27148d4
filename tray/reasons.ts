import { join } from "node:path";
import { readIfThere, writePrivate } from "./files.ts";
import { type Log, reason } from "./log.ts";
import type { Server } from "./ports.ts";

type Options = {
  data: string;
  server: Pick<Server, "pauseReasons">;
  /** Told of them when they are known and whenever they have changed. */
  tell: (reasons: string[]) => void;
  log: Log;
};

/** The company's reasons for a pause: asked for when this PC is paired, remembered for when the server is away. */
export class PauseReasons {
  readonly #options: Options;
  #known = "";

  constructor(options: Options) {
    this.#options = options;
  }

  get #file(): string {
    return join(this.#options.data, "pause-reasons.json");
  }

  /** Tells what an earlier run was told; nothing where there was none or its file is damaged. */
  remember(): void {
    const text = readIfThere(this.#file);
    if (text === null) return;
    try {
      const found: unknown = JSON.parse(text);
      if (Array.isArray(found) && found.length > 0 && found.every((one) => typeof one === "string"))
        this.#take(found);
    } catch (error) {
      this.#options.log(reason(error));
    }
  }

  /** Asks the server. Without an answer those that are known stay. Never rejects. */
  async refresh(): Promise<void> {
    try {
      const reasons = await this.#options.server.pauseReasons();
      if (this.#take(reasons)) writePrivate(this.#file, JSON.stringify(reasons));
    } catch (error) {
      this.#options.log(reason(error));
    }
  }

  #take(reasons: string[]): boolean {
    const text = JSON.stringify(reasons);
    if (text === this.#known) return false;
    this.#known = text;
    this.#options.tell(reasons);
    return true;
  }
}
