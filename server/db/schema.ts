import type {
  AskFeedback,
  CaptureState,
  CardContent,
  CardHistory,
  Disposition,
  FactSheet,
  Gap,
  Language,
  Outcome,
  Role,
  Side,
  Source,
} from "#contract";
import type { sqlite } from "./dialects.ts";

/** Every table of CallManager, declared once for both databases. */
export function schema({
  table,
  text,
  integer,
  real,
  rowId,
  flag,
  instant,
  json,
  index,
  uniqueIndex,
  primaryKey,
}: typeof sqlite) {
  const sites = table("sites", {
    id: text("id").primaryKey(),
    name: text("name").notNull().unique(),
    timeZone: text("time_zone").notNull(),
  });

  const teams = table("teams", {
    id: text("id").primaryKey(),
    name: text("name").notNull().unique(),
    siteId: text("site_id")
      .notNull()
      .references(() => sites.id),
    /** Whether the team's PCs may write down what is said; who switched it last, and when. */
    listening: flag("listening").notNull().default(false),
    listeningChangedBy: text("listening_changed_by"),
    listeningChangedAt: instant("listening_changed_at"),
  });

  const users = table("users", {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull().unique(),
    passwordHash: text("password_hash").notNull(),
    role: text("role").$type<Role>().notNull(),
    teamId: text("team_id")
      .notNull()
      .references(() => teams.id),
    language: text("language").$type<Language>().notNull(),
    active: flag("active").notNull(),
    createdAt: instant("created_at").notNull(),
    /** What the agent last declared, and since when. */
    state: text("state").$type<"available" | "paused" | "offline">().notNull(),
    stateReason: text("state_reason"),
    stateSince: instant("state_since").notNull(),
  });

  const sessions = table("sessions", {
    /** SHA-256 of the token, hex; the token itself is nowhere. */
    tokenHash: text("token_hash").primaryKey(),
    kind: text("kind").$type<"browser" | "device" | "panel">().notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    device: text("device"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  });

  /** Pairing codes and panel tickets: secrets that work once. */
  const passes = table("passes", {
    hash: text("hash").primaryKey(),
    kind: text("kind").$type<"pairing" | "panel">().notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  });

  const calls = table(
    "calls",
    {
      id: text("id").primaryKey(),
      agentId: text("agent_id")
        .notNull()
        .references(() => users.id),
      teamId: text("team_id").notNull(),
      siteId: text("site_id").notNull(),
      startedAt: instant("started_at").notNull(),
      receivedAt: instant("received_at").notNull(),
      /** Server clock minus the tray's, added to each of its instants before they are stored. */
      clockOffsetMs: integer("clock_offset_ms").notNull(),
      /** SHA-256 of what was sent, to tell a repeat from another call under the same id. */
      startDigest: text("start_digest").notNull(),
      endDigest: text("end_digest"),
      direction: text("direction").$type<"inbound" | "outbound">().notNull(),
      source: text("source").$type<Source>().notNull(),
      contactName: text("contact_name"),
      contactPhone: text("contact_phone"),
      campaign: text("campaign"),
      externalId: text("external_id"),
      /** Contact, phone digits and campaign in lower case without accents, for searching. */
      searchText: text("search_text").notNull(),
      answeredAt: instant("answered_at"),
      endedAt: instant("ended_at"),
      /** The UTC hour of `endedAt`; the boards group by it. */
      endedHour: instant("ended_hour"),
      talkSeconds: integer("talk_seconds"),
      holdSeconds: integer("hold_seconds"),
      outcome: text("outcome").$type<Outcome>(),
      disposition: text("disposition").$type<Disposition>(),
      saleAmount: real("sale_amount"),
      notes: text("notes"),
      callbackAt: instant("callback_at"),
      wrapUpEndedAt: instant("wrap_up_ended_at"),
      aiAsks: integer("ai_asks").notNull(),
      captureAgent: text("capture_agent").$type<CaptureState>(),
      captureCustomer: text("capture_customer").$type<CaptureState>(),
    },
    (calls) => [
      // today's figures and the list of an agent
      index("calls_by_agent").on(calls.agentId, calls.startedAt),
      // the boards of a team, a site and everyone
      index("calls_by_hour").on(calls.endedHour, calls.agentId),
      // the list of calls, newest first
      index("calls_by_start").on(calls.startedAt),
    ],
  );

  const recordings = table(
    "recordings",
    {
      callId: text("call_id")
        .primaryKey()
        .references(() => calls.id),
      agentId: text("agent_id").notNull(),
      file: text("file").notNull().unique(),
      bytes: integer("bytes").notNull(),
      sha256: text("sha256").notNull(),
      sampleRate: integer("sample_rate").notNull(),
      channels: integer("channels").notNull(),
      bitsPerSample: integer("bits_per_sample").notNull(),
      durationSeconds: real("duration_seconds").notNull(),
      gaps: json("gaps").$type<Gap[]>().notNull(),
      peaks: json("peaks").$type<number[][]>().notNull(),
      glance: json("glance").$type<number[][]>().notNull(),
      startedAt: instant("started_at").notNull(),
      storedAt: instant("stored_at").notNull(),
    },
    (recordings) => [index("recordings_by_start").on(recordings.startedAt)],
  );

  /** Parts that are safe on the disk; gone once the recording is complete. */
  const recordingParts = table(
    "recording_parts",
    {
      callId: text("call_id").notNull(),
      n: integer("n").notNull(),
      bytes: integer("bytes").notNull(),
      sha256: text("sha256").notNull(),
    },
    (parts) => [primaryKey({ columns: [parts.callId, parts.n] })],
  );

  /** Calls of which something was written down, and by which recogniser. */
  const transcripts = table("transcripts", {
    callId: text("call_id")
      .primaryKey()
      .references(() => calls.id),
    engine: text("engine").notNull(),
    model: text("model").notNull(),
  });

  /** What was said, without personal data; a full-text index over it stands in a migration of its own. */
  const transcriptLines = table(
    "transcript_lines",
    {
      id: rowId("id"),
      callId: text("call_id")
        .notNull()
        .references(() => calls.id),
      n: integer("n").notNull(),
      side: text("side").$type<Side>().notNull(),
      fromMs: integer("from_ms").notNull(),
      toMs: integer("to_ms").notNull(),
      text: text("text").notNull(),
      /** Its words in lower case without accents, joined by spaces, for searching. */
      searchText: text("search_text").notNull(),
      /** Kinds of personal data that were masked, joined by spaces; empty where there was none. */
      masked: text("masked").notNull(),
      /** What the recogniser wrote, once a person has corrected it. */
      original: text("original"),
      correctedBy: text("corrected_by"),
      correctedAt: instant("corrected_at"),
      /** How many words the correction has, and how many of the original were wrong. */
      words: integer("words"),
      wordErrors: integer("word_errors"),
    },
    (lines) => [
      // one line of a call, and all in their order
      uniqueIndex("transcript_lines_by_call").on(lines.callId, lines.n),
      // the lines that people corrected
      index("transcript_lines_by_correction").on(lines.correctedAt),
    ],
  );

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
    (asks) => [index("asks_by_call").on(asks.callId)],
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

  /** What an admin has set; a name that is absent has its default. */
  const settings = table("settings", {
    name: text("name").primaryKey(),
    /** In an object, because a driver may take a lone string for JSON and read it twice. */
    value: json("value").$type<{ is: unknown }>().notNull(),
    changedBy: text("changed_by"),
    changedAt: instant("changed_at").notNull(),
  });

  return {
    sites,
    teams,
    users,
    sessions,
    passes,
    calls,
    recordings,
    recordingParts,
    transcripts,
    transcriptLines,
    asks,
    playbooks,
    playbookCards,
    playbookHistory,
    playbookPhrases,
    settings,
  };
}

export type Tables = ReturnType<typeof schema>;
