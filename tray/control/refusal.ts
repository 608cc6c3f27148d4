import type { Context } from "hono";
import type { Language, Problem } from "#contract";
import { ServerError } from "../ports.ts";
import { texts, type Texts } from "../texts/texts.ts";

export type RefusalCode = keyof Texts["refusals"];

const STATUS: Record<RefusalCode, number> = {
  malformed: 400,
  not_signed_in: 401,
  wrong_origin: 403,
  not_found: 404,
  call_in_progress: 409,
  no_call: 409,
  not_recording: 409,
  already_paired: 409,
  too_large: 413,
  unsupported_media_type: 415,
  misdirected: 421,
  invalid: 422,
  internal: 500,
};

/** Why the control API did not do it. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly errors: { path: string; message: string }[] | undefined;

  constructor(code: RefusalCode, errors?: { path: string; message: string }[]) {
    super(code);
    this.code = code;
    this.errors = errors;
  }
}

/** RFC 9457 with a code and a hint, like the server's. A refusal of the server is passed on in its words. */
export function respond(c: Context, error: Error, language: Language): Response {
  const problem = problemOf(error, language);
  return c.body(JSON.stringify(problem), problem.status as 400, {
    "content-type": "application/problem+json",
  });
}

function problemOf(error: Error, language: Language): Problem {
  if (error instanceof ServerError) {
    return envelope(error.code, error.retry ? 503 : 422, error.message, error.hint);
  }
  const code = error instanceof Refusal ? error.code : "internal";
  const [detail = "", hint = ""] = texts[language].refusals[code];
  const problem = envelope(code, STATUS[code], detail, hint);
  return error instanceof Refusal && error.errors ? { ...problem, errors: error.errors } : problem;
}

function envelope(code: string, status: number, detail: string, hint: string): Problem {
  return {
    type: `urn:callmanager:problem:${code}`,
    title: code.replaceAll("_", " "),
    status,
    detail,
    code,
    hint,
  };
}
