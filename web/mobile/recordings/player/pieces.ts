import type { PersonalKind } from "#contract";
import { folded } from "../../../ui/folded.ts";

/** A stretch of a line: hidden personal data, words that were looked for, or just text. */
export type Piece = { text: string; mask?: PersonalKind; hit?: boolean };

/** The masks as the server writes them, in both languages. */
const masks: Record<string, PersonalKind> = {
  correo: "email",
  "e-mail": "email",
  tarjeta: "card",
  card: "card",
  cuenta: "account",
  account: "account",
  documento: "id",
  id: "id",
  teléfono: "phone",
  phone: "phone",
  número: "number",
  number: "number",
};
const MASK = new RegExp(`\\[(${Object.keys(masks).join("|")})\\]`);
const WORD = /([\p{L}\p{N}]+)/u;

/** The words of a search. */
export const wordsOf = (search: string): string[] => folded(search).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether a word was looked for; of the last one its beginning is enough. */
const isHit = (word: string, wanted: string[]): boolean =>
  wanted.some((one, i) => (i === wanted.length - 1 ? word.startsWith(one) : word === one));

/** Whether somebody said all of these words in one go. */
export function says(text: string, wanted: string[]): boolean {
  const said = wordsOf(text);
  const before = wanted.slice(0, -1);
  const last = wanted.at(-1);
  return (
    last !== undefined &&
    said.some((one) => one.startsWith(last)) &&
    before.every((one) => said.includes(one))
  );
}

/** Text that is nothing but text, as one piece. */
function joined(pieces: Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces.filter(({ text }) => text !== "")) {
    const last = all.at(-1);
    const plain = piece.mask === undefined && !piece.hit && last && last.mask === undefined && !last.hit;
    if (plain) last.text += piece.text;
    else all.push(piece);
  }
  return all;
}

/** A line's text in its pieces. `masked` says whether it has any masks at all. */
export function piecesOf(text: string, masked: boolean, wanted: string[]): Piece[] {
  const marked = says(text, wanted);
  const parts = masked ? text.split(MASK) : [text];
  const pieces = parts.flatMap((part, i): Piece[] => {
    if (i % 2 === 1) return [{ text: part, mask: masks[part] ?? "number" }];
    if (!marked) return [{ text: part }];
    return part.split(WORD).map((word, j) => {
      const hit = j % 2 === 1 && isHit(folded(word), wanted);
      return hit ? { text: word, hit } : { text: word };
    });
  });
  return joined(pieces);
}
