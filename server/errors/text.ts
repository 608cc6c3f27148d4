/** An error's HTTP status, and `[what happened, what to do next]` in both languages. */
type ErrorText = { status: number; es: readonly [string, string]; en: readonly [string, string] };
/** Errors by their code. */
export type ErrorTexts = Record<string, ErrorText>;
