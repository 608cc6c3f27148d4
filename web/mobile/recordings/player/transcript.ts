import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Problem, ShownLine, Transcript } from "#contract";
import { json, problemOf } from "../../../api.ts";

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
