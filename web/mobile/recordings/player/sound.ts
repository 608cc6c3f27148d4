import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Gap, Problem, Recording, RecordingMetadata } from "#contract";
import { api, json, problemOf } from "../../../api.ts";

/** The recording's peaks; its glance stands in until they are here. */
export function usePeaks({ callId, glance }: Recording): { peaks: number[][]; problem: Problem | null } {
  const [peaks, setPeaks] = useState(glance);
  const [problem, setProblem] = useState<Problem | null>(null);
  useLayoutEffect(() => {
    api.peaks(callId).then(
      (found) => setPeaks(found.peaks),
      (error: unknown) => setProblem(problemOf(error)),
    );
  }, [callId]);
  return { peaks, problem };
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

/** What nobody wanted to miss, and is not there. */
export const lostOf = (gaps: Gap[]): Gap[] => gaps.filter((one) => !wanted(one));

/** Asked for when a recording is opened; without an answer the recording simply shows no gaps. */
export function useGaps(callId: string): Gap[] {
  const [gaps, setGaps] = useState<Gap[]>([]);
  useLayoutEffect(() => {
    json<RecordingMetadata>("GET", `/api/recordings/${callId}/metadata`).then(
      (found) => setGaps(found.gaps ?? []),
      () => undefined,
    );
  }, [callId]);
  return gaps;
}
