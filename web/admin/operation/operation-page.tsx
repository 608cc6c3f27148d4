import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AlertLimits, DispositionList, Me, PauseReason, Problem, Team } from "#contract";
import { problemOf } from "../../api.ts";
import { operation } from "../../i18n/operation.ts";
import { officeApi } from "../../office.ts";
import { Header } from "../../ui/header.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { operationApi } from "./api.ts";
import { TeamGoals } from "./goals.tsx";
import { Limits } from "./limits.tsx";
import "./operation.css";
import { Outcomes } from "./outcomes.tsx";
import { PauseReasonList } from "./pause-reasons.tsx";
import { Supervision } from "./supervision.tsx";

/** All of it at once, so that nothing moves. */
type First = { outcomes: DispositionList; reasons: PauseReason[]; limits: AlertLimits };

/** «Operación»: how calls can end, why one pauses, when boards tell, what is to be reached, who sees whom. */
export const OperationPage = ({ me }: { me: Me }) => {
  const [first, setFirst] = useState<First | null>(null);
  const [teams, setTeams] = useState<Team[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  useLayoutEffect(() => {
    const load = async (): Promise<void> => {
      const [all, outcomes, reasons, { limits }] = await Promise.all([
        adminApi.teams(),
        operationApi.outcomes(""),
        officeApi.pauseReasons(),
        officeApi.alerts(),
      ]);
      setTeams(all);
      setFirst({ outcomes, reasons, limits });
    };
    load().catch((error: unknown) => setProblem(problemOf(error)));
  }, []);
  return (
    <>
      <Header me={me} title={operation.title} />
      <main aria-busy={String(first === null && problem === null)}>
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        {first ? (
          <div key="parts" class="cols even">
            <div class="column">
              <Outcomes first={first.outcomes} />
            </div>
            <div class="column">
              <PauseReasonList first={first.reasons} />
              <Limits first={first.limits} />
              <TeamGoals
                teams={teams}
                put={(team) => setTeams((now) => now.map((one) => (one.id === team.id ? team : one)))}
              />
              <Supervision teams={teams} />
            </div>
          </div>
        ) : null}
      </main>
    </>
  );
};
