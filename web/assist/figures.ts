/** A stretch of text; `doubt` where it is a figure that no fact supports. */
export type Stretch = { text: string; doubt: boolean };

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The text cut at the unverified figures, whatever space stands inside of them. */
export function withDoubts(text: string, figures: string[]): Stretch[] {
  const given = figures.map((figure) => figure.trim()).filter((figure) => figure !== "");
  if (given.length === 0) return [{ text, doubt: false }];
  const patterns = given
    .toSorted((a, b) => b.length - a.length)
    .map((figure) => figure.split(/\s+/).map(escaped).join("\\s*"));
  // a figure inside a longer number is another figure
  const figure = new RegExp(`(?<![\\d.,])(${patterns.join("|")})(?![\\d]|[.,]\\d)`, "g");
  return text
    .split(figure)
    .map((stretch, i) => ({ text: stretch, doubt: i % 2 === 1 }))
    .filter((stretch) => stretch.text !== "");
}

/** The first sentence, which stands out, and the rest. */
export function firstSentence(text: string): [first: string, rest: string] {
  const end = /^[\s\S]+?[.!?…](?=\s)/.exec(text)?.[0].length ?? text.length;
  return [text.slice(0, end), text.slice(end)];
}
