/** Words without accents and capitals, as they are looked for. */
export const folded = (words: string): string => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
