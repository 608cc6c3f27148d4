import { parseArgs, type ParseArgsConfig } from "node:util";
import type { Language } from "#contract";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What a command was told. What it does not know ends it with how it is used, and exit code 2. */
export function readOptions<const T extends Options>(options: T, usage: Record<Language, string>) {
  const language: Language = process.argv.slice(2).some((word) => /^(--language=)?en$/.test(word))
    ? "en"
    : "es";
  const known = { ...options, language: { type: "string" } } as const;
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: known });
    return { values, positionals, language };
  } catch {
    console.error(usage[language]);
    return process.exit(2);
  }
}
