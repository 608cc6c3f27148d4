import { setTimeout as sleep } from "node:timers/promises";
import { tagged, type Behaviour } from "./behaviour.ts";
import { pause, Refusal, text, type Exchange } from "./exchange.ts";
import { beginLines, goJson, sendJson } from "./go.ts";
import { digestOf } from "./models.ts";

/** Bytes of each layer of a pulled model, and how many come in a tick. */
const LAYERS = [4000, 300];
const TICK_BYTES = 1000;

type Layer = { digest: string; total: number; completed: number };

/** Downloads: shared by those who pull the same model, resumed where the last one left (row 20). */
export class Downloads {
  readonly #layers = new Map<string, Layer[]>();
  readonly #watchers = new Map<string, number>();

  layersOf(name: string): Layer[] {
    const fresh = () =>
      LAYERS.map((total, i) => ({ digest: `sha256:${digestOf(`${name}#${i}`)}`, total, completed: 0 }));
    const layers = this.#layers.get(name) ?? fresh();
    this.#layers.set(name, layers);
    return layers;
  }

  /** Moves the download of `name` along as long as somebody watches it. */
  async watch(name: string, tickMs: number, follow: () => Promise<void>): Promise<void> {
    const watching = this.#watchers.get(name) ?? 0;
    this.#watchers.set(name, watching + 1);
    if (watching === 0) void this.#run(name, tickMs);
    try {
      await follow();
    } finally {
      this.#watchers.set(name, this.#watchers.get(name)! - 1);
    }
  }

  async #run(name: string, tickMs: number): Promise<void> {
    for (const layer of this.layersOf(name))
      while (layer.completed < layer.total) {
        await sleep(tickMs);
        if (this.#watchers.get(name) === 0) return;
        layer.completed = Math.min(layer.total, layer.completed + TICK_BYTES);
      }
  }
}

/** POST /api/pull: 200 even for a model that nobody has; then the error comes as a line. */
export const pull =
  (downloads: Downloads, add: (name: string) => void) =>
  async ({ res, body, behaviour, gone }: Exchange): Promise<void> => {
    const name = text(body["model"] ?? body["name"]);
    if (name === "") throw new Refusal(400, "invalid model name");
    const streaming = body["stream"] !== false;
    const tell = (status: object) => void (streaming && res.write(`${goJson(status)}\n`));
    if (streaming) beginLines(res);
    tell({ status: "pulling manifest" });
    if (!known(behaviour, name)) {
      const error = { error: "pull model manifest: file does not exist" };
      if (!streaming) return sendJson(res, 500, error);
      return void res.end(`${goJson(error)}\n`);
    }
    await downloads.watch(name, behaviour.pullTickMs, async () => {
      for (const layer of downloads.layersOf(name)) await report(layer, tell, behaviour.pullTickMs, gone);
    });
    for (const status of ["verifying sha256 digest", "writing manifest"]) tell({ status });
    add(name);
    if (!streaming) return sendJson(res, 200, { status: "success" });
    res.end(`${goJson({ status: "success" })}\n`);
  };

const known = ({ registry }: Behaviour, name: string): boolean =>
  registry.some((other) => tagged(other) === tagged(name));

async function report(
  layer: Layer,
  tell: (status: object) => void,
  tickMs: number,
  gone: AbortSignal,
): Promise<void> {
  for (;;) {
    const { digest, total, completed } = layer;
    tell({ status: `pulling ${digest.slice(7, 19)}`, digest, total, ...(completed > 0 && { completed }) });
    if (completed === total) return;
    await pause(tickMs, gone);
  }
}
