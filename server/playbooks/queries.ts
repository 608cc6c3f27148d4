import { and, asc, count, desc, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { CardContent, CardHistory, Language, PlaybookContent } from "#contract";
import { bind, rowsOf, statement, type Database, type Store } from "../db/store.ts";
import type { Tables } from "../db/schema.ts";

export type PlaybookRow = Tables["playbooks"]["$inferSelect"];
export type CardRow = Tables["playbookCards"]["$inferSelect"];
/** A phrase that finds a card, as stems in their order. */
export type Phrase = { cardId: string; stems: string };

/** All the phrases that find one card. */
export type PhraseSet = { cardId: string; playbookId: string; phrases: string[] };

/** What changes in a playbook's cards. */
export type Changes = {
  writes: CardWrite[];
  /** Cards that stay as they are and are found by other phrases, because the product has other names. */
  rephrased: PhraseSet[];
};

const PHRASES_MADE_BY = "phrasesMadeBy";

/** A new version of a card, with the phrases that find it from now on. */
export type CardWrite = {
  id: string;
  playbookId: string;
  position: number;
  content: CardContent;
  /** The one that is written; its history row exists only once, so of two writers one wins. */
  version: number;
  action: CardHistory["action"];
  phrases: string[];
};

export type PlaybookQueries = ReturnType<typeof playbookQueries>;

/** What the playbooks' room asks of the database. */
export function playbookQueries(store: Store) {
  const { playbooks, playbookCards, playbookHistory, playbookPhrases, settings, users } = store.tables;

  /**
   * Any of these stems, as each database's full text says it; stems are letters and digits only. SQLite knows those
   * of Unicode 6.1: a stem with a later one would be a phrase to it, which this index cannot look for.
   */
  const anyOf = (stems: string[]): string =>
    store.dialect === "postgres"
      ? stems.map((stem) => `'${stem}'`).join(" | ")
      : stems.flatMap((stem) => (/^[0-9a-z\u00df-\u024f]+$/.test(stem) ? [`"${stem}"`] : [])).join(" OR ");
  const matches =
    store.dialect === "postgres"
      ? sql`to_tsvector('simple', ${playbookPhrases.stems}) @@ to_tsquery('simple', ${sql.placeholder("words")})`
      : sql`${playbookPhrases.id} in (select rowid from playbook_phrases_words where playbook_phrases_words match ${sql.placeholder("words")})`;
  const phrasesWith = statement<Phrase>("playbook_phrases_with", (db) =>
    db
      .select({ cardId: playbookPhrases.cardId, stems: playbookPhrases.stems })
      .from(playbookPhrases)
      .where(
        and(
          or(
            eq(playbookPhrases.playbookId, sql.placeholder("own")),
            eq(playbookPhrases.playbookId, sql.placeholder("general")),
          ),
          matches,
        ),
      ),
  );

  const addPhrases = (db: Database, { cardId, playbookId, phrases }: PhraseSet) =>
    phrases.length === 0
      ? []
      : [db.insert(playbookPhrases).values(phrases.map((stems) => ({ cardId, playbookId, stems })))];

  return {
    all: (): PromiseLike<PlaybookRow[]> =>
      store.db.select().from(playbooks).orderBy(desc(playbooks.main), asc(playbooks.name)),

    active: (language: Language): PromiseLike<PlaybookRow[]> =>
      store.db
        .select()
        .from(playbooks)
        .where(and(eq(playbooks.active, true), eq(playbooks.language, language)))
        .orderBy(desc(playbooks.main), asc(playbooks.name)),

    byId: async (id: string): Promise<PlaybookRow | null> =>
      (await store.db.select().from(playbooks).where(eq(playbooks.id, id)))[0] ?? null,

    /** The cards of playbooks that are still there, in their order, with the name of who approved each. */
    cards: (playbookIds: string[]) =>
      store.db
        .select({ card: playbookCards, approver: users.name })
        .from(playbookCards)
        .leftJoin(users, eq(users.id, playbookCards.approvedBy))
        .where(and(inArray(playbookCards.playbookId, playbookIds), eq(playbookCards.removed, false)))
        .orderBy(asc(playbookCards.position), asc(playbookCards.id)),

    /** Also one that was removed. */
    card: async (id: string): Promise<CardRow | null> =>
      (await store.db.select().from(playbookCards).where(eq(playbookCards.id, id)))[0] ?? null,

    cardsById: (ids: string[]): PromiseLike<CardRow[]> =>
      store.db.select().from(playbookCards).where(inArray(playbookCards.id, ids)),

    /** Phrases of a playbook, and of its language, with at least one of these stems. */
    async phrasesWith(own: string, general: string, stems: string[]): Promise<Phrase[]> {
      const words = anyOf(stems);
      return words === "" ? [] : store.rows(bind(phrasesWith, { own, general, words }));
    },

    /** Replaces what finds cards, and notes by which rules it was made. */
    rewritePhrases: (sets: PhraseSet[], version: string, at: Date) =>
      store.together((db) => [
        db.delete(playbookPhrases),
        ...sets.flatMap((set) => addPhrases(db, set)),
        db
          .insert(settings)
          .values({ name: PHRASES_MADE_BY, value: { is: version }, changedAt: at })
          .onConflictDoUpdate({ target: settings.name, set: { value: { is: version }, changedAt: at } }),
      ]),

    /** The rules by which the stored phrases were made; null before there are any. */
    phrasesMadeBy: async (): Promise<unknown> =>
      (await store.db.select().from(settings).where(eq(settings.name, PHRASES_MADE_BY)))[0]?.value.is ?? null,

    countCards: async (playbookId: string): Promise<number> => {
      const rows = await store.db
        .select({ cards: count() })
        .from(playbookCards)
        .where(and(eq(playbookCards.playbookId, playbookId), eq(playbookCards.removed, false)));
      return rows[0]?.cards ?? 0;
    },

    history: (playbookId: string, limit: number) =>
      store.db
        .select({ change: playbookHistory, by: users.name })
        .from(playbookHistory)
        .leftJoin(users, eq(users.id, playbookHistory.by))
        .where(eq(playbookHistory.playbookId, playbookId))
        .orderBy(desc(playbookHistory.at), desc(playbookHistory.version))
        .limit(limit),

    /**
     * A playbook and new versions of its cards, all or none. Inserts the playbook, or changes it.
     * Rejects with a unique violation when a card has that version already.
     */
    async write(
      playbook: (PlaybookContent & { id: string; active?: boolean; main?: boolean }) | { id: string },
      { writes, rephrased }: Changes,
      by: string | null,
      at: Date,
    ): Promise<void> {
      const { id } = playbook;
      const whole = "name" in playbook ? playbook : null;
      await store.together((db) => [
        ...(whole?.main
          ? [
              db
                .update(playbooks)
                .set({ main: false })
                .where(and(eq(playbooks.language, whole.language), ne(playbooks.id, id))),
            ]
          : []),
        whole
          ? db
              .insert(playbooks)
              .values({ active: true, main: false, ...whole, updatedAt: at })
              .onConflictDoUpdate({ target: playbooks.id, set: { ...whole, updatedAt: at } })
          : db.update(playbooks).set({ updatedAt: at }).where(eq(playbooks.id, id)),
        ...rephrased.flatMap((set) => [
          db.delete(playbookPhrases).where(eq(playbookPhrases.cardId, set.cardId)),
          ...addPhrases(db, set),
        ]),
        ...writes.flatMap((card) => {
          const { content, version, action, position, playbookId, phrases } = card;
          const { key } = content;
          const change = {
            playbookId,
            key,
            content,
            version,
            approvedBy: by,
            approvedAt: at,
            removed: action === "removed",
          };
          return [
            db
              .insert(playbookHistory)
              .values({ cardId: card.id, version, playbookId, action, content, by, at }),
            ...(key === null
              ? []
              : [
                  db
                    .update(playbookCards)
                    .set({ key: null })
                    .where(
                      and(
                        eq(playbookCards.playbookId, playbookId),
                        eq(playbookCards.key, key),
                        ne(playbookCards.id, card.id),
                      ),
                    ),
                ]),
            db
              .insert(playbookCards)
              .values({ id: card.id, position, ...change })
              .onConflictDoUpdate({ target: playbookCards.id, set: change }),
            db.delete(playbookPhrases).where(eq(playbookPhrases.cardId, card.id)),
            ...addPhrases(db, { cardId: card.id, playbookId, phrases }),
          ];
        }),
      ]);
    },

    /** False when a playbook has that id already. */
    async addNew(playbook: PlaybookContent & { id: string }, at: Date): Promise<boolean> {
      const [rows] = await store.together((db) => [
        db
          .insert(playbooks)
          .values({ ...playbook, active: true, main: false, updatedAt: at })
          .onConflictDoNothing()
          .returning({ id: playbooks.id }),
      ]);
      return rowsOf(rows).length === 1;
    },
  };
}
