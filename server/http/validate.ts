import type { Context, MiddlewareHandler } from "hono";
import { validator } from "hono/validator";
import type { z } from "zod";
import type { Language } from "#contract";
import { AppError } from "../errors.ts";
import { readBytes } from "./body.ts";
import { languageOf } from "./language.ts";
import { parseOptions } from "./messages.ts";

/** JSON bodies are small here; audio goes through its own route. */
const JSON_BYTES = 65_536;

function parse<T extends z.ZodType>(schema: T, value: unknown, language: Language): z.output<T> {
  const result = schema.safeParse(value, parseOptions(language));
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw new AppError("invalid", { errors });
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
/** Only an escape can write half of a character. PostgreSQL refuses it where it keeps JSON. */
const HALF = /\\ud[89a-f]/i;
const wholeCharacters = (_: string, value: unknown): unknown =>
  typeof value === "string" ? value.toWellFormed() : value;

/**
 * The body as JSON, with U+FFFD for half of a character: 415 for another type, 413 for too much, 400 for what is not
 * JSON.
 */
async function readJson(c: Context): Promise<unknown> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/(\w+\+)?json\b/i.test(type)) throw new AppError("unsupported_media_type");
  const bytes = await readBytes(c.req.raw, JSON_BYTES);
  try {
    const text = utf8.decode(bytes);
    return JSON.parse(text, HALF.test(text) ? wholeCharacters : undefined);
  } catch (cause) {
    throw new AppError("malformed", { cause });
  }
}

/**
 * Checks one part of the request and hands it on typed, as `c.req.valid(target)`.
 * @throws AppError `malformed`, `unsupported_media_type`, `too_large`, or `invalid` with the places
 */
export function validate<T extends z.ZodType, Target extends "json" | "query" | "param">(
  target: Target,
  schema: T,
): MiddlewareHandler<
  // oxlint-disable-next-line typescript/no-explicit-any
  any,
  string,
  { in: Record<Target, z.input<T>>; out: Record<Target, z.output<T>> }
> {
  if (target !== "json") return validator(target, (value, c) => parse(schema, value, languageOf(c))) as never;
  return async (c, next) => {
    c.req.addValidatedData("json", parse(schema, await readJson(c), languageOf(c)) as object);
    await next();
  };
}
