/** Lower case without accents: what is stored to be searched, and what is searched for. */
export const searchable = (text: string): string =>
  // most have no accents, and to look for them takes longer than all the rest
  (/[^\x20-\x7e]/.test(text) ? text.normalize("NFD").replace(/\p{M}/gu, "") : text)
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
