import { readFileSync } from "node:fs";
import { AppError } from "../errors.ts";

/** Whose password it is to be; team and site where there are any yet. */
export type PasswordOwner = { name: string; email: string; team?: string; site?: string };

const COMMON = new Set(
  readFileSync(new URL("./common-passwords.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#")),
);

/** How keys and letters follow one another. */
const ROWS = ["qwertyuiop", "asdfghjkln", "zxcvbnm", "01234567890", "abcdefghijklmnopqrstuvwxyz"].flatMap(
  (row) => [row, row.split("").toReversed().join("")],
);
/** So much must be left of a password without the owner's own words. */
const OWN_LETTERS = 5;

/** Lower case, without accents: `Contraseña` and `contrasena` are the same guess. */
const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const LEET: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/** The guesses that a password is as good as: without what is appended, without gaps, with letters for signs. */
function guesses(password: string): string[] {
  const whole = folded(password);
  const core = whole.replace(/[\d\W_]+$/u, "");
  const plain = [whole, core].map((text) => text.replace(/[^\p{L}\d]/gu, ""));
  const spelled = [whole, core].map((text) => text.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign));
  return [whole, core, ...plain, ...spelled].filter((text) => text !== "");
}

/** The part that a text repeats from its beginning to its end; the text itself where it repeats none. */
function repeated(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    const part = text.slice(0, length);
    if (part.repeat(Math.ceil(text.length / length)).startsWith(text)) return part;
  }
  return text;
}

/** Whether it only runs along the alphabet, the digits or the rows of a keyboard, three steps or more at a time. */
function walks(text: string): boolean {
  for (let at = 0; at < text.length;) {
    let length = 0;
    while (at + length < text.length && ROWS.some((row) => row.includes(text.slice(at, at + length + 1))))
      length++;
    if (length < 3) return false;
    at += length;
  }
  return true;
}

/** One of the list, or two of it in a row. */
const listed = (text: string): boolean =>
  COMMON.has(text) ||
  Array.from(text).some((_, i) => i > 2 && COMMON.has(text.slice(0, i)) && COMMON.has(text.slice(i)));

const common = (guess: string): boolean => {
  const part = repeated(guess);
  return (part !== guess && part.length < 5) || listed(guess) || listed(part) || walks(guess);
};

/** Whether hardly anything is left once the owner's name, e-mail, team and site are taken away. */
function personal(password: string, { name, email, team = "", site = "" }: PasswordOwner): boolean {
  const words = [name, email, team, site, "callmanager"]
    .flatMap((text) => folded(text).split(/[^\p{L}\d]+/u))
    .filter((word) => word.length > 2)
    .toSorted((a, b) => b.length - a.length);
  const whole = folded(password).replace(/[^\p{L}\d]/gu, "");
  const left = words.reduce((text, word) => text.replaceAll(word, ""), whole);
  return left !== whole && left.replace(/\d/g, "").length < OWN_LETTERS;
}

/**
 * Refuses what would be guessed first, after NIST SP 800-63B: no rules of composition, but nothing of the list of
 * common ones, no runs of keys, nothing of the owner's own words. The contract sees to its length.
 * @param path the field that the client must correct
 * @throws invalid with what is wrong
 */
export function checkPassword(password: string, owner: PasswordOwner, path = "password"): void {
  const refuse = (message: string): never => {
    throw new AppError("invalid", { errors: [{ path, message }] });
  };
  if (personal(password, owner))
    refuse("made of your name, your e-mail or the company: take words that have nothing to do with them");
  if (guesses(password).some(common))
    refuse("one of the first that would be tried: take several words of your own instead");
}
