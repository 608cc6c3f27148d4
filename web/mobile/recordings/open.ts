import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Problem, Recording } from "#contract";
import { json, problemOf } from "../../api.ts";

type Found = { recording: Recording | null; problem: Problem | null };
const NOTHING: Found = { recording: null, problem: null };

/** A recording that the list has not loaded, e.g. one behind a number of months ago. */
function useElsewhere(callId: string | null): Found {
  const [found, setFound] = useState(NOTHING);
  useLayoutEffect(() => {
    setFound(NOTHING);
    if (callId === null) return undefined;
    let gone = false;
    json<Recording>("GET", `/api/recordings/${callId}`).then(
      (recording) => gone || setFound({ recording, problem: null }),
      (error: unknown) => gone || setFound({ recording: null, problem: problemOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [callId]);
  return found;
}

/**
 * The recording that the address names: from the list, else asked for by itself. It stays while the list is narrowed
 * to others, so that what is being listened to goes on.
 */
export function useOpen(list: Recording[] | null, callId: string | null): Found {
  const last = useRef<Recording | null>(null);
  const listed = list?.find((one) => one.callId === callId);
  const known = listed ?? (last.current?.callId === callId ? last.current : null);
  const elsewhere = useElsewhere(list === null || known ? null : callId);
  const recording = known ?? elsewhere.recording;
  last.current = recording;
  return { recording, problem: elsewhere.problem };
}
