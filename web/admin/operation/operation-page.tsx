import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me, Problem, Team } from "#contract";
import { problemOf } from "../../api.ts";
import { operation } from "../../i18n/operation.ts";
import { Header } from "../../ui/header.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { TeamGoals } from "./goals.tsx";
import { Limits } from "./limits.tsx";
import "./operation.css";
import { Outcomes } from "./outcomes.tsx";
import { PauseReasonList } from "./pause-reasons.tsx";
import { Supervision } from "./supervision.tsx";

/** «Operación»: how calls can end, why one pauses, when boards tell, what is to be reached, who sees whom. */
export const OperationPage = ({ me }: { me: Me }) => {
  const [teams, setTeams] = useState<Team[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useLayoutEffect(() => {
    adminApi.teams().then(setTeams, (error: unknown) => setProblem(problemOf(error)));
  }, []);
  return (
    <>
      <Header me={me} title={operation.title} />
      <main>
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        <div key="parts" class="cols even">
          <div class="column">
            <Outcomes />
          </div>
          <div class="column">
            <PauseReasonList />
            <Limits />
            <TeamGoals
              teams={teams}
              put={(team) => setTeams((now) => now?.map((one) => (one.id === team.id ? team : one)) ?? null)}
            />
            <Supervision teams={teams} />
          </div>
        </div>
      </main>
    </>
  );
};
