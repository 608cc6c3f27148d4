import { useState } from "hono/jsx/dom";
import type { Goals, Team } from "#contract";
import { operation } from "../../i18n/operation.ts";
import { useWork } from "../../ui/work.ts";
import { operationApi } from "./api.ts";
import { Part, Small } from "./part.tsx";

const WHAT = ["calls", "sales"] as const;

/** What each agent of a team should reach in a day. */
export const TeamGoals = ({ teams, put }: { teams: Team[]; put: (team: Team) => void }) => {
  const { busy, problem, work } = useWork();
  const [drafts, setDrafts] = useState<Record<string, Goals>>({});
  const [saved, setSaved] = useState(false);
  const goalsOf = (team: Team): Goals => drafts[team.id] ?? team.goals;
  return (
    <Part
      name="goals"
      title={operation.goals}
      text={teams.length === 0 ? operation.noTeams : operation.goalsText}
      problem={problem}
      busy={busy}
      saved={saved}
      submit={() =>
        void work(async () => {
          for (const [id, goals] of Object.entries(drafts)) put(await operationApi.putGoals(id, goals));
          setDrafts({});
          setSaved(true);
        })
      }
    >
      <div class="numbers" role="group" aria-label={operation.goals}>
        <span />
        {WHAT.map((what) => (
          <span class="hint">{operation[what]}</span>
        ))}
        {teams.map((team) => (
          <>
            <span class="cut">{team.name}</span>
            {WHAT.map((what) => (
              <Small
                key={`${team.id} ${what}`}
                label={operation.goalOf(team.name, operation[what])}
                value={goalsOf(team)[what]}
                step="1"
                change={(value) => {
                  setSaved(false);
                  setDrafts({ ...drafts, [team.id]: { ...goalsOf(team), [what]: value } });
                }}
              />
            ))}
          </>
        ))}
      </div>
    </Part>
  );
};
