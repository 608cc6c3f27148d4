import { isDeepStrictEqual } from "node:util";
import type { ImportResult } from "#contract";
import { AppError } from "../errors.ts";
import { contentOf, type PlaybookFile } from "./file.ts";
import { phrasesOf } from "./phrases.ts";
import type { CardWrite, Changes, PhraseSet, PlaybookQueries } from "./queries.ts";

export type Difference = Changes & { result: ImportResult };

/**
 * What would have to change to make a playbook what a file says.
 * @throws import_invalid when a card of another playbook has an id of the file
 */
export async function difference(queries: PlaybookQueries, file: PlaybookFile): Promise<Difference> {
  const playbookId = file.id;
  const [before, rows, present] = await Promise.all([
    queries.byId(playbookId),
    queries.cardsById(file.cards.map(({ id }) => id)),
    queries.cards([playbookId]),
  ]);
  const foreign = rows.filter((row) => row.playbookId !== playbookId);
  if (foreign.length > 0)
    throw new AppError("import_invalid", {
      errors: foreign.map(({ id }) => ({ path: id, message: "a card of another playbook has that id" })),
    });
  const known = new Map(rows.map((row) => [row.id, row]));
  const renamed = before !== null && !isDeepStrictEqual(before.about, file.about);
  const kept = new Set(file.cards.map(({ id }) => id));
  const gone = present.map(({ card }) => card).filter(({ id }) => !kept.has(id));
  const result = {
    playbook: playbookId,
    name: file.name,
    added: 0,
    changed: 0,
    unchanged: 0,
    removed: gone.length,
    product: before === null || !isDeepStrictEqual(contentOf(before), contentOf(file)),
  };
  const writes: CardWrite[] = [];
  const rephrased: PhraseSet[] = [];
  for (const [position, { id, ...content }] of file.cards.entries()) {
    const row = known.get(id);
    const phrases = phrasesOf(content, file);
    const action = row === undefined || row.removed ? "added" : "changed";
    if (action === "changed" && isDeepStrictEqual({ ...row?.content, key: row?.key }, content)) {
      result.unchanged += 1;
      if (renamed) rephrased.push({ cardId: id, playbookId, phrases });
      continue;
    }
    result[action] += 1;
    writes.push({ id, playbookId, position, content, version: (row?.version ?? 0) + 1, action, phrases });
  }
  for (const { id, position, content, version } of gone)
    writes.push({
      id,
      playbookId,
      position,
      version: version + 1,
      action: "removed",
      phrases: [],
      content: { ...content, key: null },
    });
  return { result, writes, rephrased };
}
