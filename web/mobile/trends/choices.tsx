import { t } from "../../i18n/index.ts";
import { trends } from "../../i18n/trends.ts";
import { count } from "../../ui/format.ts";
import { Select } from "../../ui/select.tsx";
import { SPANS, type TrendsAsked } from "./asking.ts";

/** How many days, of whom, of which campaign. */
export const Choices = ({ wanted, choices, change }: Pick<TrendsAsked, "wanted" | "choices" | "change">) => {
  const { teams, sites, campaigns } = choices;
  // one site is all there is, and so is one team
  const scopes: [label: string, options: [string, string][]][] = [
    [trends.sites, sites.length > 1 ? sites.map((name) => [`site:${name}`, name]) : []],
    [trends.teams, teams.length > 1 ? teams.map((name) => [`team:${name}`, name]) : []],
  ];
  return (
    <div class="chips grow" role="group" aria-label={trends.filters}>
      {SPANS.map((days) => (
        <button
          key={days}
          type="button"
          class="chip"
          data-days={days}
          aria-pressed={String(days === wanted.days)}
          onClick={() => change({ days })}
        >
          {trends.days(count(days))}
        </button>
      ))}
      {scopes.some(([, options]) => options.length > 0) ? (
        <Select
          key="scope"
          label={trends.scope}
          value={wanted.scope}
          resting=""
          options={[["", t.wholeCompany]]}
          groups={scopes}
          choose={(scope) => change({ scope })}
        />
      ) : null}
      {campaigns.length > 1 ? (
        <Select
          key="campaign"
          label={trends.campaign}
          value={wanted.campaign}
          resting=""
          options={[["", trends.allCampaigns], ...campaigns.map((name): [string, string] => [name, name])]}
          choose={(campaign) => change({ campaign })}
        />
      ) : null}
    </div>
  );
};
