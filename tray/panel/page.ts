import { setTimeout as wait } from "node:timers/promises";
import { reason } from "../log.ts";
import type { DebugPipe } from "./pipe.ts";

const NO_PAGE_MS = 5_000;
const NO_PAGE = /Cannot find default execution context|Execution context was destroyed|navigated or closed/;

type Target = { targetId: string; type: string };

/** The browser's one page, over the debugging pipe. */
export class DebugPage {
  readonly #pipe: DebugPipe;
  readonly #sessionId: string;
  readonly targetId: string;

  private constructor(pipe: DebugPipe, targetId: string, sessionId: string) {
    this.#pipe = pipe;
    this.targetId = targetId;
    this.#sessionId = sessionId;
  }

  /** Waits for the browser's first page; it may still be loading. */
  static async attach(pipe: DebugPipe): Promise<DebugPage> {
    const { targetId } = await firstPage(pipe);
    const asked = { targetId, flatten: true };
    const { sessionId } = await pipe.send<{ sessionId: string }>("Target.attachToTarget", asked);
    return new DebugPage(pipe, targetId, sessionId);
  }

  /** @throws Error when the browser refuses it or is gone */
  send<Result>(method: string, params: object = {}): Promise<Result> {
    return this.#pipe.send<Result>(method, params, this.#sessionId);
  }

  /** While the page makes place for another one there is nothing to ask: then it is asked again. */
  async evaluate<Value>(expression: string): Promise<Value> {
    for (const until = performance.now() + NO_PAGE_MS; ; await wait(10)) {
      try {
        const asked = { expression, returnByValue: true };
        const evaluated = await this.send<{ result: { value: Value } }>("Runtime.evaluate", asked);
        return evaluated.result.value;
      } catch (error) {
        if (!NO_PAGE.test(reason(error)) || performance.now() > until) throw error;
      }
    }
  }
}

async function firstPage(pipe: DebugPipe): Promise<Target> {
  for (;;) {
    const { targetInfos } = await pipe.send<{ targetInfos: Target[] }>("Target.getTargets");
    const page = targetInfos.find((target) => target.type === "page");
    if (page) return page;
    await wait(20);
  }
}
