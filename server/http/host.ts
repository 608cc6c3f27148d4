import type { MiddlewareHandler } from "hono";
import type { AddressOf } from "./context.ts";
import type { OpenPipe } from "./pipe.ts";

/** What the runtime adds: its name, how it serves files, how it sends what goes on, where a request comes from. */
export type Host = {
  version: string;
  runtime: string;
  files: MiddlewareHandler;
  openPipe: OpenPipe;
  addressOf: AddressOf;
};
