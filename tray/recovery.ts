import type { Entry, Journal } from "./journal.ts";
import type { Outbox } from "./ports.ts";
import type { Recordings } from "./recordings.ts";

type Parts = { journal: Journal; recordings: Recordings; outbox: Pick<Outbox, "put"> };

/**
 * Finishes the calls that a crash cut off: mends each recording, and lets the call end where its audio ends,
 * because nobody knows when it ended.
 */
export async function finishInterrupted({ journal, recordings, outbox }: Parts): Promise<void> {
  for (const call of journal.left()) {
    const recorded = await recordings.recover(call);
    if (!call.ended) await outbox.put(endOf(call, recorded?.metadata.durationSeconds ?? 0));
    if (recorded) await outbox.put({ kind: "recording-end", callId: call.callId, recorded });
    journal.forget(call.callId);
  }
}

function endOf({ callId, startedAt, answeredAt }: Entry, seconds: number) {
  const endedAt = new Date(Date.parse(answeredAt ?? startedAt) + seconds * 1000).toISOString();
  const body = {
    id: callId,
    endedAt,
    ...(answeredAt !== null && { answeredAt }),
    talkSeconds: Math.round(seconds),
    outcome: "answered" as const,
  };
  return { kind: "call-end" as const, body };
}
