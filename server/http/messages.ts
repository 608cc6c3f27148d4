import { z } from "zod";
import type { Language } from "#contract";

/** The contract's own words for what a value must be, in Spanish. */
const SPANISH: Record<string, string> = {
  "digits, spaces and + ( ) . / -": "cifras, espacios y + ( ) . / -",
  "no control characters": "sin caracteres de control",
  "64 lower-case hex digits": "64 cifras hexadecimales en minúscula",
  "lower-case letters, digits and single hyphens": "minúsculas sin acentos, cifras y guiones sueltos",
  "me, all, team:<name> or site:<name>": "me, all, team:<nombre> o site:<nombre>",
  "a pause needs a reason": "una pausa necesita un motivo",
  "in the future": "en el futuro",
  "not counted apart for this metric": "esta métrica no se cuenta por separado",
  "a name such as llama3 or mistral:7b": "un nombre como llama3 o mistral:7b",
};

const LOCALES = { es: z.locales.es(), en: z.locales.en() };

/** What a schema says of a wrong value, in the reader's language. */
export const parseOptions = (language: Language) => ({ error: LOCALES[language].localeError });

/** A message of the contract's own in the reader's language; any other as it is. */
export const translated = (message: string, language: Language): string =>
  language === "es" ? (SPANISH[message] ?? message) : message;
