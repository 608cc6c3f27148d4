import { z } from "zod";
import { captureInput, stateInput } from "./agents.ts";
import * as auth from "./auth.ts";
import * as calls from "./calls.ts";
import { id, page, paging } from "./common.ts";
import { ask, copilotStatus } from "./copilot.ts";
import { health } from "./health.ts";
import * as recordings from "./recordings.ts";
import { scope, stats, statsQuery } from "./stats.ts";

/** One route of the wire, as OpenAPI tells of it. `body: "audio"` is a raw part of a WAV. */
export type Endpoint = {
  method: "get" | "post" | "put" | "patch" | "delete";
  path: string;
  summary: string;
  who: "anyone" | "signed in" | "device" | "admin";
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType | "audio";
  status: 200 | 201 | 204;
  response?: z.ZodType | "audio" | "events" | "workbook";
};

const ofCall = z.object({ callId: id });
const ofId = z.object({ id });

/** Every route below /api, and /health. A test keeps it equal to what the server serves. */
export const endpoints: Endpoint[] = [
  {
    method: "get",
    path: "/health",
    summary: "Whether calls can be taken",
    who: "anyone",
    status: 200,
    response: health,
  },
  {
    method: "get",
    path: "/api/openapi.json",
    summary: "This document",
    who: "anyone",
    status: 200,
    response: z.unknown(),
  },
  {
    method: "post",
    path: "/api/setup",
    summary: "Make the first admin",
    who: "anyone",
    body: auth.setupInput,
    status: 201,
    response: auth.user,
  },
  {
    method: "post",
    path: "/api/login",
    summary: "Sign in",
    who: "anyone",
    body: auth.loginInput,
    status: 200,
    response: auth.user,
  },
  { method: "post", path: "/api/logout", summary: "Sign out", who: "signed in", status: 204 },
  {
    method: "get",
    path: "/api/me",
    summary: "Who is signed in",
    who: "signed in",
    status: 200,
    response: auth.me,
  },
  {
    method: "get",
    path: "/api/users",
    summary: "The people",
    who: "admin",
    query: paging,
    status: 200,
    response: page(auth.user),
  },
  {
    method: "post",
    path: "/api/users",
    summary: "Add a person",
    who: "admin",
    body: auth.newUser,
    status: 201,
    response: auth.user,
  },
  {
    method: "patch",
    path: "/api/users/:id",
    summary: "Change a person",
    who: "admin",
    params: ofId,
    body: auth.userChange,
    status: 200,
    response: auth.user,
  },
  {
    method: "post",
    path: "/api/pairing-codes",
    summary: "A code that pairs one PC",
    who: "signed in",
    body: auth.pairingCodeInput,
    status: 201,
    response: auth.pairingCode,
  },
  {
    method: "post",
    path: "/api/pair",
    summary: "Pair this PC with its agent",
    who: "anyone",
    body: auth.pairInput,
    status: 201,
    response: auth.pairing,
  },
  {
    method: "post",
    path: "/api/panel-tickets",
    summary: "A link for the copilot's window",
    who: "device",
    status: 201,
    response: auth.panelTicket,
  },
  {
    method: "post",
    path: "/api/calls/start",
    summary: "A call has begun",
    who: "device",
    body: calls.callStart,
    status: 201,
    response: ofId,
  },
  {
    method: "post",
    path: "/api/calls/end",
    summary: "A call has ended",
    who: "device",
    body: calls.callEnd,
    status: 200,
    response: calls.call,
  },
  {
    method: "get",
    path: "/api/calls",
    summary: "Calls, newest first",
    who: "signed in",
    query: calls.callFilter,
    status: 200,
    response: page(calls.call),
  },
  {
    method: "get",
    path: "/api/calls/:id",
    summary: "One call",
    who: "signed in",
    params: ofId,
    status: 200,
    response: calls.call,
  },
  {
    method: "patch",
    path: "/api/calls/:id",
    summary: "Disposition, amount, notes, callback, end of the wrap-up",
    who: "signed in",
    params: ofId,
    body: calls.callChange,
    status: 200,
    response: calls.call,
  },
  {
    method: "post",
    path: "/api/agents/me/state",
    summary: "What the agent declares",
    who: "device",
    body: stateInput,
    status: 204,
  },
  {
    method: "post",
    path: "/api/agents/me/capture",
    summary: "Whether both sides of the call are recorded",
    who: "device",
    body: captureInput,
    status: 204,
  },
  {
    method: "get",
    path: "/api/recordings",
    summary: "Recordings, newest first",
    who: "signed in",
    query: recordings.recordingFilter,
    status: 200,
    response: page(recordings.recording),
  },
  {
    method: "put",
    path: "/api/recordings/:callId/parts/:n",
    summary: "Send a part, with its Content-Digest",
    who: "device",
    params: ofCall.extend({ n: recordings.partNumber }),
    body: "audio",
    status: 200,
    response: recordings.part,
  },
  {
    method: "get",
    path: "/api/recordings/:callId/parts",
    summary: "The parts that are safe",
    who: "device",
    params: ofCall,
    status: 200,
    response: z.object({ parts: z.array(recordings.part) }),
  },
  {
    method: "post",
    path: "/api/recordings/:callId",
    summary: "Put the parts together",
    who: "device",
    params: ofCall,
    body: recordings.completion,
    status: 200,
    response: recordings.completed,
  },
  {
    method: "get",
    path: "/api/recordings/:callId/audio",
    summary: "The WAV, whole or a Range of it",
    who: "signed in",
    params: ofCall,
    query: z.object({ download: z.stringbool().optional() }),
    status: 200,
    response: "audio",
  },
  {
    method: "get",
    path: "/api/recordings/:callId/peaks",
    summary: "Its waveform",
    who: "signed in",
    params: ofCall,
    status: 200,
    response: recordings.peaks,
  },
  {
    method: "get",
    path: "/api/recordings/:callId/metadata",
    summary: "Its sidecar",
    who: "signed in",
    params: ofCall,
    status: 200,
    response: recordings.recordingMetadata,
  },
  {
    method: "post",
    path: "/api/copilot/ask",
    summary: "The approved answer, then the model's",
    who: "signed in",
    body: ask,
    status: 200,
    response: "events",
  },
  {
    method: "get",
    path: "/api/copilot/status",
    summary: "Model and objections",
    who: "signed in",
    status: 200,
    response: copilotStatus,
  },
  {
    method: "get",
    path: "/api/stats",
    summary: "Figures of a span of days",
    who: "signed in",
    query: statsQuery,
    status: 200,
    response: stats,
  },
  {
    method: "get",
    path: "/api/live",
    summary: "The live board",
    who: "signed in",
    query: z.object({ scope: scope.optional() }),
    status: 200,
    response: "events",
  },
  {
    method: "get",
    path: "/api/exports/calls.xlsx",
    summary: "Calls as a workbook",
    who: "signed in",
    query: calls.callFilter.omit({ after: true, limit: true }),
    status: 200,
    response: "workbook",
  },
];
