import type { Moment, Recording } from "#contract";
import type { MarkQueries } from "./queries.ts";

type Call = NonNullable<Awaited<ReturnType<MarkQueries["call"]>>>;
type Answer = Awaited<ReturnType<MarkQueries["answers"]>>[number];
type Heard = Awaited<ReturnType<MarkQueries["heard"]>>[number];

/** What a recording's moments are made of. */
export type Known = {
  recording: Pick<Recording, "durationSeconds" | "dispositionKind" | "dispositionName">;
  call: Call;
  /** In order. */
  answers: Answer[];
  /** The customer's lines, in order. */
  heard: Heard[];
};

/** An agent who asks does so within so long after the customer's words. */
const ASKED_WITHIN_MS = 15_000;

/** What a recording marks by itself, in the order of the audio. */
export function momentsOf({ recording, call, answers, heard }: Known): Moment[] {
  const { durationSeconds, dispositionKind, dispositionName } = recording;
  const endMs = Math.round(durationSeconds * 1000);
  const moments: Moment[] = [];
  if (call.consentAtMs !== null && call.consentAtMs <= endMs)
    moments.push({ kind: "consent", atMs: call.consentAtMs, title: null });
  // the audio begins when the two sides talk
  const began = (call.answeredAt ?? call.startedAt).getTime();
  for (const { askedAt, card } of answers) {
    const askedMs = Math.max(0, askedAt.getTime() - began);
    // what was asked once the customer had gone is not in the audio
    if (askedMs > endMs) continue;
    moments.push(
      card
        ? { kind: "objection", atMs: saidAt(askedMs, heard), title: card.title }
        : { kind: "help", atMs: askedMs, title: null },
    );
  }
  // how a call went is chosen when it is over
  if (dispositionKind === "sale") moments.push({ kind: "sale", atMs: endMs, title: dispositionName });
  return moments.filter(isFirst).toSorted((a, b) => a.atMs - b.atMs);
}

/** Where the words began that made the agent ask; where nothing was written down, the ask itself. */
function saidAt(askedMs: number, heard: Heard[]): number {
  const last = heard.findLast(({ fromMs }) => fromMs <= askedMs);
  return last && askedMs - last.toMs <= ASKED_WITHIN_MS ? last.fromMs : askedMs;
}

/** Asking twice about the same words is one moment. */
const isFirst = (moment: Moment, i: number, all: Moment[]): boolean =>
  all.findIndex(
    ({ kind, atMs, title }) => kind === moment.kind && atMs === moment.atMs && title === moment.title,
  ) === i;
