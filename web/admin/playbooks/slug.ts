const LONGEST = 60;

/** A name as an id: `Va lento y se cae` is `va-lento-y-se-cae`; empty when nothing of it can stand in one. */
export const slugOf = (...names: string[]): string =>
  names
    .join("-")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");

/** The id, or the first of `id-2`, `id-3` … that nobody has. */
export function freeId(id: string, taken: string[]): string {
  for (let n = 1; ; n++) {
    const end = n === 1 ? "" : `-${n}`;
    const candidate = id.slice(0, LONGEST - end.length).replace(/-+$/, "") + end;
    if (!taken.includes(candidate)) return candidate;
  }
}
