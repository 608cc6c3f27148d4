import type { Language, TranscriptLine } from "#contract";
import { maskLines, type MaskedLine } from "../privacy/masking.ts";

/** Who dictates a number pauses for less than this between its pieces, even where the other side repeats them. */
const PIECES_MS = 10_000;

/**
 * Lines without personal data, in the order of `lines`. What one side says within ten seconds counts as one text,
 * because a recogniser ends a line at each pause of a card number.
 */
export function hidden<Line extends TranscriptLine>(
  lines: Line[],
  language: Language,
): { line: Line; masked: MaskedLine }[] {
  const masked = new Map<Line, MaskedLine>();
  for (const run of runsOf(lines)) {
    // what is no Unicode would come back from the database as something else
    const texts = run.map(({ text }) => text.toWellFormed());
    for (const [i, one] of maskLines(texts, language).entries()) {
      const line = run[i];
      if (line) masked.set(line, one);
    }
  }
  return lines.flatMap((line) => {
    const one = masked.get(line);
    return one ? [{ line, masked: one }] : [];
  });
}

/** Each side's lines in the order of time, parted where it said nothing for long. */
function runsOf<Line extends TranscriptLine>(lines: Line[]): Line[][] {
  const runs: Line[][] = [];
  const inOrder = lines.toSorted((a, b) => a.side.localeCompare(b.side) || a.fromMs - b.fromMs || a.n - b.n);
  for (const line of inOrder) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last?.side === line.side && line.fromMs - last.toMs <= PIECES_MS) run.push(line);
    else runs.push([line]);
  }
  return runs;
}
