import type {
  AlertLimits,
  Alerts,
  Disposition,
  DispositionList,
  Goals,
  PauseReason,
  Team,
  User,
} from "#contract";
import { json, queryString } from "../../api.ts";

/** The server's routes by which administration says how the company works. */
export const operationApi = {
  campaigns: async () => (await json<{ items: string[] }>("GET", "/api/dispositions/campaigns")).items,
  outcomes: (campaign: string) =>
    json<DispositionList>("GET", `/api/dispositions${queryString({ campaign })}`),
  /** An empty list goes back to everybody's. */
  putOutcomes: (campaign: string, items: Disposition[]) =>
    json<DispositionList>("PUT", "/api/dispositions", { campaign: campaign === "" ? null : campaign, items }),
  putReasons: async (items: PauseReason[]) =>
    (await json<{ items: PauseReason[] }>("PUT", "/api/agents/pause-reasons", { items })).items,
  putLimits: (limits: AlertLimits) => json<Alerts>("PUT", "/api/alerts/limits", limits),
  putGoals: (teamId: string, goals: Goals) => json<Team>("PATCH", `/api/teams/${teamId}`, { goals }),
  supervise: (userId: string, teams: string[]) => json<User>("PATCH", `/api/users/${userId}`, { teams }),
};
