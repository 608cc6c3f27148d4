import { z } from "zod";
import { day, id, instant, line, lines, page, paging, seconds } from "./common.ts";
import { dispositionCode } from "./dispositions.ts";

/** How a recording's file is stored. FLAC loses nothing; Opus does. */
export const audioFormat = z.enum(["wav", "flac", "opus"]);
export type AudioFormat = z.infer<typeof audioFormat>;

const campaign = z.string().trim().min(1).max(80);
/** Part of a phone, however it is written: three digits at least. */
const phonePart = z
  .string()
  .trim()
  .max(40)
  .regex(/^\+?(?:[ ().\-/]*\d){3,20}[ ().\-/]*$/, "three digits or more");

/**
 * Which recordings are wanted: each condition that is given must hold. As JSON, as it is saved; the query of
 * `GET /api/recordings` has the same fields as text. Days are those of the reader's site.
 */
export const libraryFilter = z.object({
  agent: id.optional(),
  /** A contact's whole name; capitals and accents do not matter. */
  contact: z.string().trim().min(1).max(120).optional(),
  phone: phonePart.optional(),
  campaign: campaign.optional(),
  disposition: dispositionCode.optional(),
  /** Whether the copilot was asked during the call. */
  ai: z.boolean().optional(),
  /** Whether it has a flag or a comment. */
  marked: z.boolean().optional(),
  from: day.optional(),
  to: day.optional(),
  minSeconds: seconds.optional(),
  /** The shortest that is too long: below this. */
  maxSeconds: seconds.optional(),
  /**
   * All of these words, each in the contact's or agent's name, the campaign, the notes, the file's name or what was
   * said; the last word's beginning is enough. Digits, three or more, also find phones that have them in a row.
   */
  q: z.string().trim().max(120).optional(),
});
export type LibraryFilter = z.infer<typeof libraryFilter>;

/**
 * The same as the query of a list. A page may hold fewer than `limit`, even none, and still have a `next`: looking
 * through much of which little fits is continued by asking for the next page.
 */
export const recordingFilter = paging.extend({
  ...libraryFilter.shape,
  ai: z.stringbool().optional(),
  marked: z.stringbool().optional(),
  minSeconds: z.coerce.number().int().pipe(seconds).optional(),
  maxSeconds: z.coerce.number().int().pipe(seconds).optional(),
});

/** What a mark in a recording is: a bare flag, or a comment with words. */
export const markKind = z.enum(["flag", "comment"]);
export type MarkKind = z.infer<typeof markKind>;

/** Milliseconds from the beginning of the audio. */
const atMs = z.int().min(0).max(86_400_000);
const person = z.object({ id, name: z.string() });

/** A place in a recording that somebody marked. */
export const mark = z.object({
  id,
  callId: id,
  kind: markKind,
  atMs,
  /** Empty for a bare flag. */
  text: z.string(),
  by: person,
  at: instant,
  /** When the call's agent saw it; null for what the agent has not seen yet. */
  seenAt: instant.nullable(),
});
export type Mark = z.infer<typeof mark>;
/** A comment needs words; a flag may have some. */
export const markInput = z
  .object({ id, kind: markKind, atMs, text: lines(1000).default("") })
  .refine(({ kind, text }) => kind === "flag" || text !== "", {
    path: ["text"],
    message: "a comment has words",
  });
/** What is left out stays. Only whoever made a mark changes it. */
export const markChange = z.object({ atMs: atMs.optional(), text: lines(1000).optional() });
/**
 * What a recording marks by itself. `consent`: the customer answered whether it may be recorded. `objection`: the agent
 * asked the copilot and an approved answer came up. `help`: only the model answered. `sale`: the call sold.
 */
export const momentKind = z.enum(["consent", "objection", "help", "sale"]);
export type MomentKind = z.infer<typeof momentKind>;
/** A place in a recording that nobody had to mark. Nothing of what was said or asked is in it. */
export const moment = z.object({
  kind: momentKind,
  atMs,
  /** Of an objection the title of its approved answer, of a sale the outcome's name; null where there is none. */
  title: z.string().nullable(),
});
export type Moment = z.infer<typeof moment>;
/** Both in the order of the audio. */
export const marks = z.object({ items: z.array(mark), moments: z.array(moment) });
export type Marks = z.infer<typeof marks>;
/** Marks of others in one's own recordings that one has not seen, newest first, 50 at the most; `count` is of all. */
export const unseenMarks = z.object({
  count: z.int(),
  items: z.array(
    mark.extend({
      contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
      startedAt: instant,
    }),
  ),
});
export type UnseenMarks = z.infer<typeof unseenMarks>;

/** The longest clip, in milliseconds. */
export const CLIP_MS = 60_000;
/** A second at the least, a minute at the most. */
export const clipInput = z
  .object({ id, title: line(120), fromMs: atMs, toMs: atMs })
  .refine(({ fromMs, toMs }) => toMs - fromMs >= 1000 && toMs - fromMs <= CLIP_MS, {
    path: ["toMs"],
    message: "1 to 60 seconds after fromMs",
  });
export type ClipInput = z.infer<typeof clipInput>;
/** A piece of a recording that is kept as an example; it goes when the recording is deleted for good. */
export const clip = z.object({
  id,
  callId: id,
  title: z.string(),
  fromMs: atMs,
  toMs: atMs,
  bytes: z.int(),
  agent: person,
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  startedAt: instant,
  by: person,
  at: instant,
});
export type Clip = z.infer<typeof clip>;
export const clipPage = page(clip);

/** A filter under a name of one's own. */
export const savedFilter = z.object({ id, name: line(60), filter: libraryFilter });
export type SavedFilter = z.infer<typeof savedFilter>;
/** The most filters that a person saves. */
export const MOST_FILTERS = 50;
export const savedFilterInput = savedFilter.omit({ id: true });
/** By name. */
export const savedFilters = z.object({ items: z.array(savedFilter) });

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "YYYY-MM");
/** Months at the site, both included. */
export const recordingStatsQuery = z.object({ from: month.optional(), to: month.optional() });
const amounts = { count: z.int(), seconds: z.int(), bytes: z.int() };
/** How many recordings there are of those that one may see, how long and how big: all, by agent, by month. */
export const recordingStats = z.object({
  ...amounts,
  /** By name. */
  agents: z.array(z.object({ agentId: id, agentName: z.string(), ...amounts })),
  /** Newest first. */
  months: z.array(z.object({ month, ...amounts })),
});
export type RecordingStats = z.infer<typeof recordingStats>;

/** The most recordings of one ZIP. */
export const MOST_ZIPPED = 5_000;
/** Either what a filter finds, or those that somebody picked. */
export const recordingsZipInput = z
  .object({ filter: libraryFilter.optional(), callIds: z.array(id).min(1).max(1_000).optional() })
  .refine(({ filter, callIds }) => (filter === undefined) !== (callIds === undefined), {
    message: "filter or callIds, one of them",
  });
export type RecordingsZipInput = z.infer<typeof recordingsZipInput>;
