import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Problem, User } from "#contract";
import { office } from "../i18n/office.ts";
import { Choice, Field } from "../ui/field.tsx";
import { adminApi } from "./api.ts";

/** A team and the site where it is, by name. */
type Place = Pick<User, "team" | "site">;

/** Every team there is, by name, this one in any case. */
function usePlaces(here: Place | null): Place[] {
  const [teams, setTeams] = useState<Place[]>([]);
  useLayoutEffect(() => {
    adminApi.teams().then(
      (all) => setTeams(all.map(({ name, site }) => ({ team: name, site }))),
      (error: unknown) => console.warn("the teams are not known", error),
    );
  }, []);
  const own = here && !teams.some(({ team }) => team === here.team) ? [here] : [];
  return [...teams, ...own].toSorted((a, b) => a.team.localeCompare(b.team));
}

type ChoiceProps = {
  name: string;
  label: string;
  names: string[];
  /** What the last choice says: one that is not there yet. */ other: string;
  value: string;
  choose: (value: string) => void;
};

const KnownOrNew = ({ names, other, ...rest }: ChoiceProps) => (
  <Choice
    key={names.join("\n")}
    {...rest}
    options={[...names.map((name): [string, string] => [name, name]), ["", other]]}
  />
);

type Props = {
  /** Where it begins; null where nobody is anywhere yet. */
  here: Place | null;
  /** Begins with a new team of this name instead. */
  newTeam?: string | undefined;
  problem: Problem | null;
};

/**
 * The fields `team` and `site` of a form: those that there are for choice, or a new one. A team is at one site, so a
 * known team says its site itself.
 */
export const PlaceFields = ({ here, newTeam, problem }: Props) => {
  const places = usePlaces(here);
  const [team, setTeam] = useState(newTeam === undefined ? (here?.team ?? "") : "");
  const [site, setSite] = useState(here?.site ?? "");
  const [asked, setAsked] = useState<"team" | "site" | null>(null);
  const home = places.find((place) => place.team === team)?.site;
  const sites = [...new Set(places.map((place) => place.site))].toSorted((a, b) => a.localeCompare(b));
  return (
    <>
      <KnownOrNew
        key="team"
        name="knownTeam"
        label={office.admin.team}
        names={places.map((place) => place.team)}
        other={office.admin.otherTeam}
        value={team}
        choose={(name) => {
          setTeam(name);
          setAsked("team");
        }}
      />
      {home === undefined ? null : (
        <p key={`home ${team}`} class="hint line">
          {office.admin.atSite(home)}
          <input type="hidden" name="team" value={team} />
          <input type="hidden" name="site" value={home} />
        </p>
      )}
      {home === undefined ? (
        <Field
          key="new-team"
          name="team"
          label={office.admin.newTeam}
          value={newTeam ?? ""}
          maxLength={60}
          problem={problem}
          focus={asked === "team"}
        />
      ) : null}
      {home === undefined && sites.length > 0 ? (
        <KnownOrNew
          key="site"
          name={site === "" ? "knownSite" : "site"}
          label={office.admin.site}
          names={sites}
          other={office.admin.otherSite}
          value={site}
          choose={(name) => {
            setSite(name);
            setAsked("site");
          }}
        />
      ) : null}
      {home === undefined && site === "" ? (
        <Field
          key="new-site"
          name="site"
          label={office.admin.newSite}
          value={here ? "" : office.admin.defaultSite}
          maxLength={60}
          problem={problem}
          focus={asked === "site"}
        />
      ) : null}
    </>
  );
};
