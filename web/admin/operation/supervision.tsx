import type { Team, User } from "#contract";
import { operation } from "../../i18n/operation.ts";
import { useWork } from "../../ui/work.ts";
import { changePerson, usePeople } from "../people.tsx";
import { operationApi } from "./api.ts";
import { Part } from "./part.tsx";

type LineProps = { person: User; team: Team; busy: boolean; supervise: (teams: string[]) => void };

const TeamTick = ({ person, team, busy, supervise }: LineProps) => {
  const has = person.teams.includes(team.name);
  return (
    <label class="tick">
      <input
        key={String(has)}
        type="checkbox"
        aria-label={operation.supervises(person.name, team.name)}
        checked={has}
        disabled={busy}
        onChange={() =>
          supervise(has ? person.teams.filter((name) => name !== team.name) : [...person.teams, team.name])
        }
      />
      {team.name}
    </label>
  );
};

/** Which teams each supervisor has besides the own one. */
export const Supervision = ({ teams }: { teams: Team[] }) => {
  const { busy, problem, work } = useWork();
  const people = usePeople();
  const supervisors = (people.users ?? []).filter(({ role, active }) => role === "supervisor" && active);
  return (
    <Part
      name="supervision"
      title={operation.supervision}
      text={people.users && supervisors.length === 0 ? operation.noSupervisors : operation.supervisionText}
      problem={problem ?? people.problem}
      busy={busy}
      saved={false}
      submit={null}
    >
      <ul class="listed">
        {supervisors.map((person) => (
          <li key={`${person.id} ${person.teams.join()}`} class="supervisor" data-supervisor={person.name}>
            <span>
              <span class="b">{person.name}</span>{" "}
              <span class="sm soft">
                {person.team} ({operation.own})
              </span>
            </span>
            <span class="ticks">
              {teams
                .filter(({ name }) => name !== person.team)
                .map((team) => (
                  <TeamTick
                    key={team.id}
                    person={person}
                    team={team}
                    busy={busy}
                    supervise={(names) =>
                      void work(async () => changePerson(await operationApi.supervise(person.id, names)))
                    }
                  />
                ))}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
};
