import type { Listening, Team, TeamChange } from "#contract";
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

    /** Allows or forbids what is said in a team's calls to be written down, and sets goals, from now on. @throws not_found */
    async change(actor: Actor, id: string, { listening, goals }: TeamChange): Promise<Team> {
      if (listening !== undefined) await queries.switchListening(id, listening, actor.userId, clock());
      if (goals !== undefined) await queries.setGoals(id, goals);
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

const toTeam = ({ listeningChangedAt, goalCalls, goalSales, ...row }: TeamRow): Team => ({
  ...row,
  goals: { calls: goalCalls, sales: goalSales },
  listeningChangedAt: listeningChangedAt?.toISOString() ?? null,
});
