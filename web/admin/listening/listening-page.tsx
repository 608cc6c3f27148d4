import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me, Problem, Team, WordErrors } from "#contract";
import { problemOf } from "../../api.ts";
import { house } from "../../i18n/house.ts";
import { t } from "../../i18n/index.ts";
import { dayAt, dayAndMonth, timeOfDay } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { Switch } from "../../ui/switch.tsx";
import { useWork } from "../../ui/work.ts";
import { Accuracy } from "./accuracy.tsx";

type Point = "local" | "seen" | "cards" | "emotions" | "sign";
const points: [IconName, Point][] = [
  ["ready", "local"],
  ["eye", "seen"],
  ["none", "cards"],
  ["team", "emotions"],
  ["headset", "sign"],
];

/** What it means to be listened to, before anybody switches it on. */
const Meaning = () => (
  <section class="card stacked">
    <header class="tight">
      <h2>{house.ears.what}</h2>
    </header>
    <p class="soft">{house.ears.intro}</p>
    <ul class="points">
      {points.map(([icon, point]) => (
        <li>
          <Icon name={icon} tone="soft" />
          <span>{house.ears.points[point]}</span>
        </li>
      ))}
    </ul>
  </section>
);

/** Who switched it, and when; the same words for everybody who reads it later. */
function lastChange({ listening, listeningChangedBy: who, listeningChangedAt: at }: Team, me: Me): string {
  if (at === null) return house.ears.untouched;
  const when = house.ears.when(dayAndMonth(dayAt(new Date(at), me.timeZone)), timeOfDay(at, me.timeZone));
  return (listening ? house.ears.switchedOn : house.ears.switchedOff)(who ?? t.none, when);
}

const TeamRow = ({ team, me, put }: { team: Team; me: Me; put: (team: Team) => void }) => {
  const { busy, problem, work } = useWork();
  return (
    <li class="wrap" data-team={team.name} data-listening={String(team.listening)}>
      <Switch
        label={house.ears.team(team.name, team.site)}
        hint={lastChange(team, me)}
        checked={team.listening}
        disabled={busy}
        toggle={(on) => void work(async () => put(await adminApi.listen(team.id, on)))}
      />
      {problem ? <Trouble problem={problem} /> : null}
    </li>
  );
};

type Found = { teams: Team[] | null; errors: WordErrors | null; problem: Problem | null };

/** «Escucha»: which teams' calls are written down, what that means, and how good the recogniser is. */
export const ListeningPage = ({ me }: { me: Me }) => {
  const [{ teams, errors, problem }, setFound] = useState<Found>({
    teams: null,
    errors: null,
    problem: null,
  });
  useLayoutEffect(() => {
    Promise.all([adminApi.teams(), adminApi.wordErrors()]).then(
      ([all, known]) => setFound({ teams: all, errors: known, problem: null }),
      (error: unknown) => setFound({ teams: null, errors: null, problem: problemOf(error) }),
    );
  }, []);
  const put = (team: Team): void =>
    setFound((now) => ({
      ...now,
      teams: now.teams?.map((one) => (one.id === team.id ? team : one)) ?? null,
    }));
  return (
    <>
      <Header me={me} title={house.ears.title} />
      <main>
        <div class="cols even">
          <div class="column">
            <Meaning />
          </div>
          <div class="column">
            <section class="card flush" aria-busy={String(teams === null && problem === null)}>
              <header class="tight">
                <h2>{house.ears.teams}</h2>
              </header>
              <p class="nothing soft sm">{teams?.length === 0 ? house.ears.noTeams : house.ears.teamsText}</p>
              {problem ? (
                <div key="problem" class="nothing">
                  <Trouble problem={problem} />
                </div>
              ) : null}
              <ul key="teams" class="rows switches">
                {(teams ?? []).map((team) => (
                  <TeamRow key={team.id} team={team} me={me} put={put} />
                ))}
              </ul>
            </section>
            {errors ? <Accuracy errors={errors} /> : null}
          </div>
        </div>
      </main>
    </>
  );
};
