import type { Language, Problem } from "#contract";
import { texts, type ErrorCode } from "./errors.texts.ts";

export type { ErrorCode } from "./errors.texts.ts";

type Details = {
  /** Where the input is wrong, one entry a place. */
  errors?: { path: string; message: string }[];
  /** Seconds, for the header `Retry-After`. */
  retryAfter?: number;
  cause?: unknown;
};

/** The one error that reaches a client: a code for programs, a text and a hint for people. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly errors: { path: string; message: string }[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, details: Details = {}) {
    super(code, { cause: details.cause });
    this.code = code;
    this.status = texts[code].status;
    this.errors = details.errors;
    this.retryAfter = details.retryAfter;
  }

  /** The RFC 9457 body, in the reader's language. Nothing internal is in it. */
  toProblem(language: Language): Problem {
    const { status, es, en } = texts[this.code];
    const [detail, hint] = language === "es" ? es : en;
    const type = `urn:callmanager:problem:${this.code}`;
    const problem = { type, title: this.code.replaceAll("_", " "), status, detail, code: this.code, hint };
    return this.errors ? { ...problem, errors: this.errors } : problem;
  }
}
