import type {
  AgentDay,
  AlertKind,
  Alerts,
  Call,
  Correction,
  DispositionList,
  ForgottenState,
  KnownContact,
  PauseReason,
  StateCorrection,
  StateInput,
} from "#contract";
import { json, queryString, request } from "./api.ts";

/** The server's routes of time, dispositions, callbacks and alerts, which no page needs at first. */
export const officeApi = {
  alerts: () => json<Alerts>("GET", "/api/alerts"),
  mute: (muted: AlertKind[]) => json<Alerts>("PUT", "/api/alerts/muted", { muted }),
  day: (agentId: string) => json<AgentDay>("GET", `/api/agents/${agentId}/day`),
  setState: (input: StateInput) => request("POST", "/api/agents/me/state", input),
  correctState: (agentId: string, stateId: string, change: StateCorrection) =>
    json<AgentDay>("PATCH", `/api/agents/${agentId}/states/${stateId}`, change),
  addState: (agentId: string, state: ForgottenState) =>
    json<AgentDay>("POST", `/api/agents/${agentId}/states`, state),
  pauseReasons: async () => (await json<{ items: PauseReason[] }>("GET", "/api/agents/pause-reasons")).items,
  callbacks: async () => (await json<{ items: Call[] }>("GET", "/api/calls/callbacks")).items,
  corrections: async (callId: string) =>
    (await json<{ items: Correction[] }>("GET", `/api/calls/${callId}/corrections`)).items,
  dispositions: async (campaign: string | null) =>
    (
      await json<DispositionList>(
        "GET",
        `/api/dispositions${queryString({ campaign: campaign ?? undefined })}`,
      )
    ).items,
  contact: (id: string) => json<KnownContact>("GET", `/api/contacts/${id}`),
};
