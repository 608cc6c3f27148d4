import type { z } from "zod";
import { language } from "#contract";
import type {
  cardInput,
  CardHistory,
  ImportResult,
  Language,
  newPlaybook,
  Playbook,
  playbookChange,
  PlaybookSummary,
} from "#contract";
import type { Audit } from "../audit/audit.ts";
import { dayOf } from "../db/time.ts";
import { isUniqueViolation } from "../db/violations.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { PlaybookFile } from "./file.ts";
import { playbookQueries, type CardRow, type Changes, type PlaybookRow } from "./queries.ts";
import { starterPlaybooks } from "./starter.ts";
import { difference } from "./difference.ts";
import { generalId, generalPhrases } from "./lexicon.ts";
import { distinct, phrasesOf } from "./phrases.ts";
import { createShelf } from "./shelf.ts";
import { stems, STEMS_VERSION } from "./words.ts";

export type Playbooks = ReturnType<typeof createPlaybooks>;

/** Changes that a playbook's history shows. */
const HISTORY = 200;

/** Approved answers: kept with every version, found by what a customer said. */
export function createPlaybooks(
  { store, clock, config }: Pick<Deps, "store" | "clock" | "config">,
  { audit }: { audit: Pick<Audit, "note"> },
) {
  const queries = playbookQueries(store);
  const shelf = createShelf(queries, { clock, config });
  async function existing(id: string): Promise<PlaybookRow> {
    const found = await queries.byId(id);
    if (!found) throw new AppError("not_found");
    return found;
  }

  async function detailed(row: PlaybookRow): Promise<Playbook> {
    const cards = (await queries.cards([row.id])).map(({ card, approver }) => ({
      ...card.content,
      key: card.key,
      id: card.id,
      version: card.version,
      approvedBy: approver,
      approvedOn: dayOf(card.approvedAt, config.TIME_ZONE),
    }));
    return { ...summary(row, []), cards };
  }

  function summary(row: PlaybookRow, cards: CardRow[]): PlaybookSummary {
    const expired = cards.filter((card) => !shelf.offered(card)).length;
    return { ...row, updatedAt: row.updatedAt.toISOString(), cards: cards.length, expired };
  }

  /** What finds cards, made anew: for the first time, or because stems are made by other rules than before. */
  async function rewritePhrases(): Promise<void> {
    const rows = await queries.all();
    const cards = await queries.cards(rows.map(({ id }) => id));
    const own = cards.flatMap(({ card }) => {
      const playbook = rows.find(({ id }) => id === card.playbookId);
      return playbook
        ? [{ cardId: card.id, playbookId: playbook.id, phrases: phrasesOf(card.content, playbook) }]
        : [];
    });
    const general = language.options.flatMap((of) =>
      generalPhrases(of).map(({ cardId, phrases }) => ({
        cardId,
        playbookId: generalId(of),
        phrases: distinct(phrases.map((phrase) => stems(phrase, of))),
      })),
    );
    await queries.rewritePhrases([...own, ...general], STEMS_VERSION, clock());
  }

  const noted = (actor: Actor, id: string) =>
    audit.note(actor, { action: "playbook_changed", subject: { kind: "playbook", id } });

  /** @throws card_changed when somebody else wrote that version first */
  async function write(playbook: Parameters<typeof queries.write>[0], changes: Changes, by: Actor | null) {
    await queries.write(playbook, changes, by?.userId ?? null, clock()).catch((error: unknown) => {
      throw isUniqueViolation(error) ? new AppError("card_changed", { cause: error }) : error;
    });
    shelf.forget(playbook.id);
    if (by) await noted(by, playbook.id);
  }

  return {
    consult: shelf.consult,
    objections: shelf.objections,
    mainFacts: shelf.mainFacts,
    tryOut: shelf.tryOut,

    async list(): Promise<PlaybookSummary[]> {
      const rows = await queries.all();
      const cards = (await queries.cards(rows.map(({ id }) => id))).map(({ card }) => card);
      return rows.map((row) =>
        summary(
          row,
          cards.filter(({ playbookId }) => playbookId === row.id),
        ),
      );
    },

    /** @throws not_found */
    get: async (id: string): Promise<Playbook> => detailed(await existing(id)),

    /** @throws playbook_taken */
    async add(actor: Actor, input: z.output<typeof newPlaybook>): Promise<Playbook> {
      if (!(await queries.addNew(input, clock()))) throw new AppError("playbook_taken");
      shelf.forget(input.id);
      await noted(actor, input.id);
      return detailed(await existing(input.id));
    },

    /** What it says of its product, and whether it is used. @throws not_found, main_playbook */
    async change(id: string, input: z.output<typeof playbookChange>, actor: Actor): Promise<Playbook> {
      const before = await existing(id);
      if (
        (before.main && (input.main === false || input.active === false)) ||
        (input.main && input.active === false)
      )
        throw new AppError("main_playbook");
      const { updatedAt: _, ...rest } = { ...before, ...input };
      const after = { ...rest, ...(input.main && { active: true }) };
      // the product's own names do not find cards, so that other names of it mean other phrases
      const renamed = input.about !== undefined || input.language !== undefined;
      const cards = renamed ? await queries.cards([id]) : [];
      const rephrased = cards.map(({ card }) => ({
        cardId: card.id,
        playbookId: id,
        phrases: phrasesOf(card.content, { ...before, ...input }),
      }));
      await write(after, { writes: [], rephrased }, actor);
      return detailed(await existing(id));
    },

    /**
     * A new version of a card, or a new card with version 0. Its key is taken from the card that had it.
     * @throws not_found, card_changed when it is not the version that was edited
     */
    async putCard(
      playbookId: string,
      id: string,
      input: z.output<typeof cardInput>,
      actor: Actor,
    ): Promise<Playbook> {
      const playbook = await existing(playbookId);
      const { version: edited, ...content } = input;
      const row = await queries.card(id);
      if (row !== null && row.playbookId !== playbookId) throw new AppError("not_found");
      if ((row?.removed ? [0, row.version] : [row?.version ?? 0]).every((version) => version !== edited))
        throw new AppError("card_changed");
      const position = row?.position ?? (await queries.countCards(playbookId));
      const action = row === null || row.removed ? "added" : "changed";
      const version = (row?.version ?? 0) + 1;
      const phrases = phrasesOf(content, playbook);
      await write(
        { id: playbookId },
        { writes: [{ id, playbookId, position, content, version, action, phrases }], rephrased: [] },
        actor,
      );
      return detailed(await existing(playbookId));
    },

    /** It finds nothing any more; its versions stay. @throws not_found */
    async removeCard(playbookId: string, id: string, actor: Actor): Promise<Playbook> {
      const row = await queries.card(id);
      if (row === null || row.removed || row.playbookId !== playbookId) throw new AppError("not_found");
      const content = { ...row.content, key: null };
      const removal = { ...row, content, version: row.version + 1, action: "removed" as const, phrases: [] };
      await write({ id: playbookId }, { writes: [removal], rephrased: [] }, actor);
      return detailed(await existing(playbookId));
    },

    /** The newest changes of its cards. @throws not_found */
    async history(playbookId: string): Promise<CardHistory[]> {
      await existing(playbookId);
      return (await queries.history(playbookId, HISTORY)).map(({ change, by }) => ({
        ...change,
        by,
        at: change.at.toISOString(),
      }));
    },

    /**
     * Makes a playbook what a file says, all of it or nothing; with `check` it only says what would change.
     * @throws import_invalid, card_changed
     */
    async take(file: PlaybookFile, check: boolean, by: Actor | null): Promise<ImportResult> {
      const { result, ...changes } = await difference(queries, file);
      if (check) return result;
      const { cards: _, ...content } = file;
      await write(content, changes, by);
      return result;
    },

    /** The starter playbooks, where there is none yet; the first of each language is the main one. */
    async start(): Promise<void> {
      if ((await queries.phrasesMadeBy()) !== STEMS_VERSION) await rewritePhrases();
      if ((await queries.all()).length > 0) return;
      const mains = new Set<Language>();
      for (const file of await starterPlaybooks()) {
        const { result: _result, ...changes } = await difference(queries, file);
        const { cards: _, ...content } = file;
        const main = content.industry === "internet" && !mains.has(content.language);
        if (main) mains.add(content.language);
        await write({ ...content, main }, changes, null);
      }
    },
  };
}
