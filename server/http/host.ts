import type { MiddlewareHandler } from "hono";
import type { OpenBody } from "./body.ts";
import type { AddressOf } from "./context.ts";
import type { PutHeaders } from "./headers.ts";
import type { OpenPipe } from "./pipe.ts";

/**
 * What the runtime adds: its name, how it serves files, how it sends what goes on and reads what is long, how an answer
 * gets the headers that all have, where a request comes from.
 */
export type Host = {
  version: string;
  runtime: string;
  files: MiddlewareHandler;
  openPipe: OpenPipe;
  addressOf: AddressOf;
  openBody: OpenBody;
  putHeaders: PutHeaders;
};
