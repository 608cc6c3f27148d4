import type { Context } from "hono";

/** The body of an answer that goes on until somebody ends it. */
export interface Pipe {
  /** What the route returns. */
  readonly answer: Response;
  /** Bytes sent that the client has not taken yet. */
  readonly waiting: number;
  send(bytes: Uint8Array): void;
  /** Ends the answer in good order, after what still waits. */
  end(): void;
  /** Ends it now: what still waits is dropped. */
  cut(): void;
}

/**
 * Answers with the status and headers of `head` and a body to send. `closed` is called once, never before
 * this returns, when the body has ended: the client went away, or `end` or `cut` was called.
 */
export type OpenPipe = (c: Context, head: Response, closed: () => void) => Pipe;

/** A pipe that any runtime has, over a web stream. */
export const webPipe: OpenPipe = (_c, head, closed) => {
  let open = true;
  const over = (): void => {
    if (open) queueMicrotask(closed);
    open = false;
  };
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const limits = new ByteLengthQueuingStrategy({ highWaterMark: 0 });
  const body = new ReadableStream<Uint8Array>(
    { start: (own) => void (controller = own), cancel: over },
    limits,
  );
  return {
    answer: new Response(body, head),
    get waiting() {
      return -(controller.desiredSize ?? 0);
    },
    send(bytes) {
      if (open) controller.enqueue(bytes);
    },
    end() {
      if (open) controller.close();
      over();
    },
    cut() {
      if (open) controller.error(new Error("the client does not keep up"));
      over();
    },
  };
};

/** What is used of Node's ServerResponse. */
type Outgoing = {
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  readonly writableLength: number;
  /** Null before its turn on the connection comes, and after its end. */
  readonly socket: { write(bytes: Uint8Array): unknown } | null;
  removeHeader(name: string): void;
  setHeader(name: string, value: string): unknown;
  setHeaders(headers: Headers): unknown;
  writeHead(status: number): unknown;
  flushHeaders(): void;
  write(bytes: Uint8Array): unknown;
  end(): unknown;
  destroy(): unknown;
  once(event: "close" | "error", listener: () => void): unknown;
};

/**
 * A pipe straight into the connection below Node's response: half of what a web stream costs. The body has
 * neither a length nor chunks and ends with the connection (RFC 9112, 6.3): all clients get the same bytes.
 * @param answer tells the caller of the route that everything has been sent
 */
export function outgoingPipe(outgoing: Outgoing, head: Response, closed: () => void, answer: Response): Pipe {
  if (outgoing.destroyed) queueMicrotask(closed);
  else {
    outgoing.once("close", closed);
    outgoing.removeHeader("transfer-encoding");
    outgoing.setHeaders(head.headers);
    outgoing.setHeader("connection", "close");
    outgoing.writeHead(head.status);
    outgoing.flushHeaders();
  }
  return {
    answer,
    get waiting() {
      return outgoing.writableLength;
    },
    send(bytes) {
      if (!outgoing.writableEnded) (outgoing.socket ?? outgoing).write(bytes);
    },
    end: () => void outgoing.end(),
    cut: () => void outgoing.destroy(),
  };
}
