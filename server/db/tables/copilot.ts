import type { AskFeedback, CardContent, CardHistory, FactSheet, Language } from "#contract";
import type { sqlite } from "../dialects.ts";

/** Playbooks, and what the copilot was asked. */
export function copilotTables({
  table,
  text,
  integer,
  rowId,
  flag,
  instant,
  json,
  index,
  primaryKey,
}: typeof sqlite) {
  const asks = table(
    "asks",
    {
      id: text("id").primaryKey(),
      agentId: text("agent_id").notNull(),
      callId: text("call_id"),
      cardId: text("card_id"),
      cardVersion: integer("card_version"),
      model: text("model").notNull(),
      /** Approved answers only, by the hold-out's chance. */
      heldOut: flag("held_out").notNull().default(false),
      firstTokenMs: integer("first_token_ms"),
      totalMs: integer("total_ms"),
      /** `done`, or the code of what stood in the way. */
      outcome: text("outcome").notNull(),
      askedAt: instant("asked_at").notNull(),
      /** What its asker told of it; null until told. */
      shownMs: integer("shown_ms"),
      copied: text("copied").$type<AskFeedback["copied"]>(),
      thumbs: text("thumbs").$type<AskFeedback["thumbs"]>(),
      dismissed: flag("dismissed"),
    },
    (asks) => [
      index("asks_by_call").on(asks.callId),
      // an export of the copilot's use, agent by agent
      index("asks_by_agent").on(asks.agentId, asks.askedAt),
    ],
  );

  const playbooks = table("playbooks", {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    language: text("language").$type<Language>().notNull(),
    industry: text("industry").notNull(),
    product: text("product").notNull(),
    about: json("about").$type<string[]>().notNull(),
    facts: json("facts").$type<FactSheet>().notNull(),
    forbidden: json("forbidden").$type<string[]>().notNull(),
    active: flag("active").notNull(),
    /** Used where a call does not say its product; one a language. */
    main: flag("main").notNull(),
    updatedAt: instant("updated_at").notNull(),
  });

  const playbookCards = table(
    "playbook_cards",
    {
      id: text("id").primaryKey(),
      playbookId: text("playbook_id")
        .notNull()
        .references(() => playbooks.id),
      position: integer("position").notNull(),
      key: integer("key"),
      content: json("content").$type<CardContent>().notNull(),
      version: integer("version").notNull(),
      approvedBy: text("approved_by"),
      approvedAt: instant("approved_at").notNull(),
      removed: flag("removed").notNull(),
    },
    (cards) => [index("playbook_cards_by_playbook").on(cards.playbookId)],
  );

  /** Every version of every card that ever was. */
  const playbookHistory = table(
    "playbook_history",
    {
      cardId: text("card_id").notNull(),
      version: integer("version").notNull(),
      playbookId: text("playbook_id").notNull(),
      action: text("action").$type<CardHistory["action"]>().notNull(),
      content: json("content").$type<CardContent>().notNull(),
      by: text("by"),
      at: instant("at").notNull(),
    },
    (history) => [
      primaryKey({ columns: [history.cardId, history.version] }),
      index("playbook_history_by_playbook").on(history.playbookId, history.at),
    ],
  );

  /** What finds a card, as stems; a full-text index over it stands in a migration of its own. */
  const playbookPhrases = table(
    "playbook_phrases",
    {
      id: rowId("id"),
      cardId: text("card_id").notNull(),
      playbookId: text("playbook_id").notNull(),
      stems: text("stems").notNull(),
    },
    (phrases) => [index("playbook_phrases_by_card").on(phrases.cardId)],
  );

  return { asks, playbooks, playbookCards, playbookHistory, playbookPhrases };
}
