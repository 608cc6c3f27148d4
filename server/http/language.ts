import type { Context } from "hono";
import type { Language } from "#contract";

/** What the reader asked for; Spanish unless English comes first. */
export function languageOf(c: Context): Language {
  return /^\s*en\b/i.test(c.req.header("accept-language") ?? "") ? "en" : "es";
}
