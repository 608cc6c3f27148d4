import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Call, Problem, Recording, RecordingMetadata } from "#contract";
import { json, problemOf } from "../../api.ts";

type Found = { recording: Recording | null; problem: Problem | null };
const NOTHING: Found = { recording: null, problem: null };

const recordingOf = (call: Call, sound: RecordingMetadata): Recording => ({
  callId: call.id,
  agentId: call.agentId,
  agentName: call.agentName,
  contact: call.contact,
  startedAt: call.startedAt,
  durationSeconds: sound.durationSeconds,
  bytes: sound.bytes,
  channels: sound.channels,
  file: "",
  disposition: call.disposition,
  dispositionName: call.dispositionName,
  dispositionKind: call.dispositionKind,
  campaign: call.campaign,
  aiAsks: call.aiAsks,
  marks: 0,
  held: false,
  format: "wav",
  consent: "unknown",
  completeness: sound.completeness ?? { agent: 1, customer: 1 },
  glance: [],
});

/** A recording that an address names and the list has not loaded, e.g. one behind a number of months ago. */
export function useElsewhere(callId: string | null): Found {
  const [found, setFound] = useState(NOTHING);
  useLayoutEffect(() => {
    setFound(NOTHING);
    if (callId === null) return undefined;
    let gone = false;
    Promise.all([
      json<Call>("GET", `/api/calls/${callId}`),
      json<RecordingMetadata>("GET", `/api/recordings/${callId}/metadata`),
    ]).then(
      (parts) => gone || setFound({ recording: recordingOf(...parts), problem: null }),
      (error: unknown) => gone || setFound({ recording: null, problem: problemOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [callId]);
  return found;
}
