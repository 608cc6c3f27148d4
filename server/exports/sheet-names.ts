/** What Excel does not take in the name of a sheet. */
const FORBIDDEN = /[[\]:*?/\\\p{Cc}]/gu;
const LONGEST = 31;

/**
 * Names for the sheets of one workbook: without what Excel refuses, at most 31 UTF-16 units, no two alike.
 * @param empty what a sheet is called whose own name has nothing left
 */
export function sheetNames(empty: string): (name: string) => string {
  const taken = new Set(["history"]);
  return (name) => {
    // an apostrophe may stand inside, not at either end
    const plain = name
      .toWellFormed()
      .replace(FORBIDDEN, " ")
      .replace(/^['\s]+|['\s]+$/g, "");
    const cut = (ending: string) =>
      (plain || empty)
        .slice(0, LONGEST - ending.length)
        .toWellFormed()
        .trim() + ending;
    let unique = cut("");
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = cut(` (${n})`);
    taken.add(unique.toLowerCase());
    return unique;
  };
}
