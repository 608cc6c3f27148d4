import type { Listening, Team } from "#contract";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { teamQueries, type TeamRow } from "./queries.ts";

export type Teams = ReturnType<typeof createTeams>;

/** Teams, and what an admin allows them. */
export function createTeams({ store, clock }: Pick<Deps, "store" | "clock">) {
  const queries = teamQueries(store);
  return {
    /** By name. */
    list: async (): Promise<Team[]> => (await queries.all()).map(toTeam),

    /** Allows or forbids what is said in a team's calls to be written down, from now on. @throws not_found */
    async switchListening(actor: Actor, id: string, listening: boolean): Promise<Team> {
      await queries.switchListening(id, listening, actor.userId, clock());
      const row = await queries.byId(id);
      if (!row) throw new AppError("not_found");
      return toTeam(row);
    },

    /** Whether this agent's PC may write down what is said. Read each time, so that a refusal counts at once. */
    listening: async ({ teamId, language }: Actor): Promise<Listening> => ({
      allowed: await queries.listening(teamId),
      language,
    }),
  };
}

const toTeam = ({ listeningChangedAt, ...row }: TeamRow): Team => ({
  ...row,
  listeningChangedAt: listeningChangedAt?.toISOString() ?? null,
});
