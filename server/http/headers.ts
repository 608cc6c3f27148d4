import type { Context } from "hono";

/** Puts headers on an answer that is still to be made; what its route says of the same headers counts. */
export type PutHeaders = (c: Context, headers: Readonly<Record<string, string>>) => void;

/** As any runtime has it, in the answer's own `Headers`. */
export const webHeaders: PutHeaders = (c, headers) => {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
};
