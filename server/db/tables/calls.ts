import { isNotNull } from "drizzle-orm";
import type {
  AsksFor,
  CaptureState,
  ConsentState,
  DispositionKind,
  Outcome,
  Source,
  WrapUpEnd,
} from "#contract";
import type { sqlite } from "../dialects.ts";
import type { peopleTables } from "./people.ts";

/** Calls, who is on the other side, and how calls can end. */
export function callTables(
  { table, text, integer, real, flag, instant, index, primaryKey }: typeof sqlite,
  { users }: ReturnType<typeof peopleTables>,
) {
  /** People on the other side; a team's own. */
  const contacts = table(
    "contacts",
    {
      id: text("id").primaryKey(),
      teamId: text("team_id").notNull(),
      siteId: text("site_id").notNull(),
      name: text("name").notNull(),
      notes: text("notes").notNull(),
      /** Name and phone digits in lower case without accents, for searching. */
      searchText: text("search_text").notNull(),
      createdAt: instant("created_at").notNull(),
      updatedAt: instant("updated_at").notNull(),
      /** The customer does not want to be recorded; who noted it, and when. */
      doNotRecord: flag("do_not_record").notNull().default(false),
      doNotRecordBy: text("do_not_record_by"),
      doNotRecordAt: instant("do_not_record_at"),
    },
    (contacts) => [index("contacts_by_team").on(contacts.teamId, contacts.name, contacts.id)],
  );

  /** Phones in E.164, each of one contact of a team. */
  const contactPhones = table(
    "contact_phones",
    {
      teamId: text("team_id").notNull(),
      phone: text("phone").notNull(),
      contactId: text("contact_id")
        .notNull()
        .references(() => contacts.id, { onDelete: "cascade" }),
      position: integer("position").notNull(),
    },
    (phones) => [
      primaryKey({ columns: [phones.teamId, phones.phone] }),
      index("contact_phones_by_contact").on(phones.contactId),
    ],
  );

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
      contactId: text("contact_id").references(() => contacts.id),
      contactName: text("contact_name"),
      contactPhone: text("contact_phone"),
      campaign: text("campaign"),
      externalId: text("external_id"),
      /** Contact, phone digits and campaign in lower case without accents, for searching. */
      searchText: text("search_text").notNull(),
      answeredAt: instant("answered_at"),
      endedAt: instant("ended_at"),
      talkSeconds: integer("talk_seconds"),
      holdSeconds: integer("hold_seconds"),
      outcome: text("outcome").$type<Outcome>(),
      disposition: text("disposition"),
      /** Whether a conversation with the customer took place and whether it sold, by the disposition. */
      contacted: flag("contacted").notNull().default(false),
      sold: flag("sold").notNull().default(false),
      saleAmount: real("sale_amount"),
      notes: text("notes"),
      callbackAt: instant("callback_at"),
      callbackDoneAt: instant("callback_done_at"),
      wrapUpEndedAt: instant("wrap_up_ended_at"),
      wrapUpEndedBy: text("wrap_up_ended_by").$type<WrapUpEnd>(),
      /** From the end to the end of the wrap-up; null while it goes on, and where nobody talked. */
      wrapUpSeconds: integer("wrap_up_seconds"),
      /** The end of the wrap-up, or of the call where there is none: when the figures count it. */
      countedAt: instant("counted_at"),
      /** The site's hour (its first instant) and day of `countedAt`. */
      countedHour: instant("counted_hour"),
      countedDay: text("counted_day"),
      aiAsks: integer("ai_asks").notNull(),
      /** Approved answers only, by the hold-out's chance. */
      heldOut: flag("held_out").notNull().default(false),
      captureAgent: text("capture_agent").$type<CaptureState>(),
      captureCustomer: text("capture_customer").$type<CaptureState>(),
      /** Since when the two are as they are. */
      captureSince: instant("capture_since"),
      /** Whether the customer agreed to be recorded, by which wording, and where in the audio. */
      consent: text("consent").$type<ConsentState>().notNull().default("unknown"),
      consentWording: integer("consent_wording"),
      consentAtMs: integer("consent_at_ms"),
      consentChangedAt: instant("consent_changed_at"),
      /** Whether it may be recorded: decided when it starts, by contact and campaign. */
      mayRecord: flag("may_record").notNull().default(true),
    },
    (calls) => [
      // today's figures and the list of an agent
      index("calls_by_agent").on(calls.agentId, calls.startedAt),
      // the calls behind a figure: of an agent, of a team and of everyone; the last two have open calls as well
      index("calls_by_counted_agent").on(calls.agentId, calls.countedAt).where(isNotNull(calls.countedAt)),
      index("calls_by_counted_team").on(calls.teamId, calls.countedAt),
      index("calls_by_counted").on(calls.countedAt),
      // the list of calls, newest first
      index("calls_by_start").on(calls.startedAt),
      // a contact's history
      index("calls_by_contact").on(calls.contactId, calls.startedAt),
      // what an agent has to call back: few calls, so that the others need not be written into it
      index("calls_by_callback").on(calls.agentId, calls.callbackAt).where(isNotNull(calls.callbackAt)),
    ],
  );

  /** The outcomes (tipificaciones) of a campaign; those of the empty campaign are for all that have none. */
  const dispositions = table(
    "dispositions",
    {
      campaign: text("campaign").notNull(),
      code: text("code").notNull(),
      /** Null for a built-in one. */
      name: text("name"),
      kind: text("kind").$type<DispositionKind>().notNull(),
      asksFor: text("asks_for").$type<AsksFor>(),
      position: integer("position").notNull(),
    },
    (dispositions) => [primaryKey({ columns: [dispositions.campaign, dispositions.code] })],
  );

  /** What agents say before they record; a change is a new version, and old ones stay. */
  const consentWordings = table("consent_wordings", {
    version: integer("version").primaryKey(),
    es: text("es").notNull(),
    en: text("en").notNull(),
    by: text("by"),
    at: instant("at").notNull(),
  });

  return { contacts, contactPhones, calls, dispositions, consentWordings };
}
