import type { Listening, Team, TeamChange } from "#contract";
import type { Audit } from "../audit/audit.ts";
import { scopeOf } from "../auth/scope.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { teamQueries, type TeamRow } from "./queries.ts";

export type Teams = ReturnType<typeof createTeams>;

/** Teams, and what an admin allows them. */
export function createTeams(
  { store, clock }: Pick<Deps, "store" | "clock">,
  { audit }: { audit: Pick<Audit, "note"> },
) {
  const queries = teamQueries(store);
  return {
    /** Those that the actor sees, by name. */
    list: async (actor: Actor): Promise<Team[]> =>
      (await queries.all()).filter(({ id }) => sees(actor, id)).map(toTeam),

    /**
     * Sets goals, and for admins whether what is said in a team's calls may be written down, from now on.
     * @throws not_found, forbidden
     */
    async change(actor: Actor, id: string, { listening, goals }: TeamChange): Promise<Team> {
      if (!sees(actor, id)) throw new AppError("not_found");
      if (listening !== undefined && actor.role !== "admin") throw new AppError("forbidden");
      if (listening !== undefined) await queries.switchListening(id, listening, actor.userId, clock());
      if (goals !== undefined) await queries.setGoals(id, goals);
      await audit.note(actor, { action: "team_changed", subject: { kind: "team", id } });
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

const sees = (actor: Actor, teamId: string): boolean => {
  const scope = scopeOf(actor);
  return scope.by === "all" || (scope.by === "teams" && scope.ids.includes(teamId));
};

const toTeam = ({ listeningChangedAt, goalCalls, goalSales, ...row }: TeamRow): Team => ({
  ...row,
  goals: { calls: goalCalls, sales: goalSales },
  listeningChangedAt: listeningChangedAt?.toISOString() ?? null,
});
