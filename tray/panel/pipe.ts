import type { Readable, Writable } from "node:stream";

type Message = {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
};
type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };

/**
 * Chromium's debugging protocol over its pipe: JSON messages that end with a NUL. No port is open that
 * another program on this PC could use. https://chromedevtools.github.io/devtools-protocol/
 */
export class DebugPipe {
  readonly #output: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onEvent: (method: string, params: unknown) => void;
  #unread: Buffer[] = [];
  #lastId = 0;
  #closed = false;

  constructor(output: Writable, input: Readable, onEvent: (method: string, params: unknown) => void) {
    this.#output = output;
    this.#onEvent = onEvent;
    input.on("data", (chunk: Buffer) => this.#read(chunk));
    input.once("close", () => this.#close());
    input.once("error", () => this.#close());
    output.once("error", () => this.#close());
  }

  /**
   * Sends a command to the browser, or to the page of `sessionId`.
   * @throws Error when the browser refuses it or is gone
   */
  send<Result>(method: string, params: object = {}, sessionId?: string): Promise<Result> {
    if (this.#closed) return Promise.reject(new Error("the browser is gone"));
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { resolve, reject });
    this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return promise as Promise<Result>;
  }

  #read(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      this.#handle(Buffer.concat([...this.#unread, rest.subarray(0, end)]).toString());
      this.#unread = [];
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) this.#unread.push(rest);
  }

  #handle(text: string): void {
    const message = JSON.parse(text) as Message;
    if (message.id === undefined) {
      if (message.method) this.#onEvent(message.method, message.params);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result);
  }

  #close(): void {
    this.#closed = true;
    for (const { reject } of this.#waiting.values()) reject(new Error("the browser is gone"));
    this.#waiting.clear();
  }
}
