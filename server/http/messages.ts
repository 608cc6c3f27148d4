import { z } from "zod";
import type { Language } from "#contract";

/** The contract's own words for what a value must be, in Spanish. */
const SPANISH: Record<string, string> = {
  "digits, spaces and + ( ) . / -": "cifras, espacios y + ( ) . / -",
  "between the years 1970 and 2999": "entre los años 1970 y 2999",
  "no control characters": "sin caracteres de control",
  "64 lower-case hex digits": "64 cifras hexadecimales en minúscula",
  "lower-case letters, digits and single hyphens": "minúsculas sin acentos, cifras y guiones sueltos",
  "me, all, team:<name> or site:<name>": "me, all, team:<nombre> o site:<nombre>",
  "a pause needs a reason": "una pausa necesita un motivo",
  "each code once": "cada código una sola vez",
  "an outcome of your own needs a name": "una tipificación propia necesita un nombre",
  "only a sale has an amount": "solo una venta tiene importe",
  "not before the warning": "no antes del aviso",
  "not an outcome of this campaign: GET /api/dispositions lists them":
    "no es una tipificación de esta campaña: GET /api/dispositions da la lista",
  "say why you correct another person's call": "di por qué corriges la llamada de otra persona",
  "already past: choose a later time": "ya pasó: elige una hora posterior",
  "more than two years ahead": "a más de dos años vista",
  "no callback was agreed": "no se acordó volver a llamar",
  "before the end of the call": "antes del fin de la llamada",
  "before startedAt": "antes de startedAt",
  "in the future": "en el futuro",
  "not counted apart for this metric": "esta métrica no se cuenta por separado",
  "either contactId or phone": "o contactId o phone",
  held: "retenida",
  "not a phone that exists: check the digits, and begin with + and the country if it is abroad":
    "no es un teléfono que exista: revisa las cifras y empieza por + y el país si es del extranjero",
  "another contact of the team has this phone": "otro contacto del equipo tiene este teléfono",
  "a name such as llama3 or mistral:7b": "un nombre como llama3 o mistral:7b",
  "a name of Ollama's library, without an address": "un nombre de la biblioteca de Ollama, sin dirección",
};

const LOCALES = { es: z.locales.es(), en: z.locales.en() };

/** What a schema says of a wrong value, in the reader's language. */
export const parseOptions = (language: Language) => ({ error: LOCALES[language].localeError });

/** A message of the contract's own in the reader's language; any other as it is. */
export const translated = (message: string, language: Language): string =>
  language === "es" ? (SPANISH[message] ?? message) : message;
