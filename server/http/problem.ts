import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { AppError, type ErrorCode } from "../errors.ts";
import { languageOf } from "./language.ts";
import type { Env } from "./context.ts";
import type { Log } from "./log.ts";
import { translated } from "./messages.ts";

function respond(c: Context, error: AppError): Response {
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (error.retryAfter !== undefined) headers["retry-after"] = String(error.retryAfter);
  if (error.status === 401) headers["www-authenticate"] = "Bearer";
  const language = languageOf(c);
  const { errors, ...problem } = error.toProblem(language);
  const places = errors?.map(({ path, message }) => ({ path, message: translated(message, language) }));
  const body = JSON.stringify({ ...problem, errors: places });
  return c.body(body, error.status as 400, headers);
}

/** Codes of the operating system that mean «the place for data is full, read-only or gone». */
const STORAGE = new Set(["ENOSPC", "EROFS", "EACCES", "EDQUOT", "EIO", "SQLITE_FULL", "SQLITE_IOERR"]);

/** Whether the client hung up before its body was whole, as Node's HTTP server says it. */
const hungUp = (error: unknown): boolean =>
  error instanceof Error && error.message === "aborted" && "code" in error && error.code === "ECONNRESET";

function translate(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // nobody hears the answer, but a network that failed is no failure of the server's
  if (hungUp(error)) return new AppError("malformed", { cause: error });
  if (error instanceof HTTPException && error.status < 500)
    return new AppError("malformed", { cause: error });
  const code = (error as { code?: unknown } | null)?.code;
  const known: ErrorCode = typeof code === "string" && STORAGE.has(code) ? "storage_down" : "internal";
  return new AppError(known, { cause: error });
}

/** Every error becomes problem JSON here and nowhere else; what was unexpected goes to the log. */
export const onError =
  (log: Log): ErrorHandler<Env> =>
  (error, c) => {
    const known = translate(error);
    if (known.status >= 500) log.error("request failed", { code: known.code, path: c.req.routePath }, error);
    return respond(c, known);
  };

export const notFound: NotFoundHandler<Env> = (c) => respond(c, new AppError("not_found"));
