import type { MiddlewareHandler } from "hono";

/** Lines for the operator, on stderr or a file. Never a name, a phone, a token or what somebody said. */
export interface Log {
  info(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts: Record<string, unknown>, cause: unknown): void;
}

/** A log of JSON lines. `write` gets one line, newline included. */
export function jsonLog(write: (line: string) => void): Log {
  const emit = (level: string, message: string, facts: Record<string, unknown>) =>
    write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...facts })}\n`);
  return {
    info: (message, facts = {}) => emit("info", message, facts),
    error: (message, facts, cause) => emit("error", message, { ...facts, cause: describe(cause) }),
  };
}

/** Name, code and where: an error's own message may quote what a client sent. */
function describe(cause: unknown): unknown {
  if (!(cause instanceof Error)) return typeof cause;
  const { code } = cause as { code?: unknown };
  const frames = cause.stack
    ?.split("\n")
    .filter((line) => line.startsWith("    at "))
    .slice(0, 6);
  return { name: cause.name, ...(typeof code === "string" && { code }), frames };
}

/** One line a request, with the route's pattern instead of its ids. */
export const requestLog =
  (log: Log): MiddlewareHandler =>
  async (c, next) => {
    const began = performance.now();
    await next();
    if (c.res.status < 500 && c.req.method === "GET") return;
    log.info("request", {
      method: c.req.method,
      route: c.req.routePath,
      status: c.res.status,
      ms: Math.round(performance.now() - began),
    });
  };
