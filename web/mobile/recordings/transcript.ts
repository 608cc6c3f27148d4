import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Gap, Problem, RecordingMetadata, ShownLine, Transcript } from "#contract";
import { json, problemOf } from "../../api.ts";

type Found = { transcript: Transcript | null; problem: Problem | null };

/** What was said in a call: asked for when it is opened. `correct` rejects with what the server says against it. */
export function useTranscript(callId: string) {
  const [{ transcript, problem }, setFound] = useState<Found>({ transcript: null, problem: null });
  const load = (): void =>
    void json<Transcript>("GET", `/api/transcripts/${callId}`).then(
      (found) => setFound({ transcript: found, problem: null }),
      (error: unknown) => setFound({ transcript: null, problem: problemOf(error) }),
    );
  useLayoutEffect(load, [callId]);
  const correct = async (n: number, text: string): Promise<void> => {
    const line = await json<ShownLine>("PATCH", `/api/transcripts/${callId}/lines/${n}`, { text });
    setFound((now) => ({
      ...now,
      transcript: now.transcript && {
        ...now.transcript,
        lines: now.transcript.lines.map((one) => (one.n === n ? line : one)),
      },
    }));
  };
  return { transcript, problem, load, correct };
}

/** A stretch without sound that somebody wanted: a pause, or a card's number that was taken out. Seconds. */
export type Silenced = { from: number; to: number; why: "paused" | "card" };

const wanted = ({ why }: Gap): boolean => why === "paused" || why === "card";

/** The stretches that were silenced for card data; both sides' gaps of the same time are one. */
export function silencedOf(gaps: Gap[]): Silenced[] {
  const found: Silenced[] = [];
  for (const { from, to, why } of gaps.filter(wanted).toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && last.why === why && from <= last.to) last.to = Math.max(last.to, to);
    else found.push({ from, to, why: why === "card" ? "card" : "paused" });
  }
  return found;
}

/** Asked for when a recording is opened; without an answer the recording simply shows none. */
export function useSilenced(callId: string): Silenced[] {
  const [silenced, setSilenced] = useState<Silenced[]>([]);
  useLayoutEffect(() => {
    json<RecordingMetadata>("GET", `/api/recordings/${callId}/metadata`).then(
      ({ gaps }) => setSilenced(silencedOf(gaps ?? [])),
      () => undefined,
    );
  }, [callId]);
  return silenced;
}
