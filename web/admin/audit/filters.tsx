import { audit } from "../../i18n/audit.ts";
import { Select } from "../../ui/select.tsx";
import { usePeople } from "../people.tsx";
import type { Wanted } from "./list.ts";
import { GROUPS } from "./words.ts";

type DayProps = { label: string; value: string; change: (day: string) => void };

const Day = ({ label, value, change }: DayProps) => (
  <label class="field day">
    {label}
    <span class="in">
      <input
        key={value}
        type="date"
        value={value}
        onChange={(event: Event) => change((event.target as HTMLInputElement).value)}
      />
    </span>
  </label>
);

type Props = { wanted: Wanted; change: (part: Partial<Wanted>) => void };

/** Who, what, about what, and which days. */
export const Filters = ({ wanted, change }: Props) => {
  const { who, what, about, from, to } = wanted;
  const people = (usePeople().users ?? []).map(({ id, name }): [string, string] => [id, name]);
  const settings = Object.entries(audit.settings);
  const offered = [...people, ...settings].some(([id]) => id === about?.id);
  return (
    <div class="narrow" role="group" aria-label={audit.filters}>
      <Select
        key={`who ${people.length} ${who}`}
        label={audit.who}
        value={who}
        resting=""
        options={[["", audit.who], ...people]}
        choose={(id) => change({ who: id })}
      />
      <Select
        key={`what ${what}`}
        label={audit.what}
        value={what}
        resting=""
        options={[["", audit.what]]}
        groups={GROUPS.map(([group, deeds]) => [
          audit.groups[group],
          deeds.map((deed): [string, string] => [deed, audit.deeds[deed]]),
        ])}
        choose={(deed) => change({ what: deed })}
      />
      <Select
        key={`about ${people.length} ${about?.id}`}
        label={audit.about}
        value={about?.id ?? ""}
        resting=""
        options={[
          ["", audit.about],
          ...(about && !offered ? [[about.id, about.name] as [string, string]] : []),
        ]}
        groups={[
          [audit.aboutPeople, people],
          [audit.aboutSettings, settings],
        ]}
        choose={(id) => change({ about: id === "" ? null : { id, name: "" } })}
      />
      <div key="days" class="days">
        <Day
          label={audit.since}
          value={from}
          change={(day) => change({ from: day, ...(to !== "" && day > to && { to: day }) })}
        />
        <Day
          label={audit.until}
          value={to}
          change={(day) => change({ to: day, ...(day !== "" && day < from && { from: day }) })}
        />
      </div>
    </div>
  );
};
