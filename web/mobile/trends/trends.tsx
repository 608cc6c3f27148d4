import type { Me, Trends } from "#contract";
import { loadTrendTexts, trends as texts } from "../../i18n/trends.ts";
import { t } from "../../i18n/index.ts";
import { count, dayAndMonth } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { ExportButton } from "../panel/export-button.tsx";
import { scopeName } from "../scope.ts";
import { everything, useTrends, type Answer, type Wanted } from "./asking.ts";
import { Choices } from "./choices.tsx";
import { Groups } from "./groups.tsx";
import { placeOf } from "./place.ts";
import { RateCard } from "./rate-card.tsx";
import { Summary } from "./summary.tsx";
import { WithAi } from "./with-ai.tsx";
import "./trends.css";

// whoever opens the screen waits for this module, so its words are there with it
await loadTrendTexts();

/** Whose trends these are: what was chosen, else all that this person sees. */
function whose(answer: Answer | null, me: Me): string {
  if (answer === null) return scopeName(me);
  const chosen = answer.of.scope.replace(/^\w+:/, "");
  const name = chosen === "" ? scopeName(me) : chosen;
  const teams = answer.trends.teams.length;
  return teams > 1 ? texts.under(name, count(teams)) : name;
}

const spanWords = ({ from, to, beforeFrom, beforeTo }: Trends): string => {
  const [a = "", b = "", c = "", d = ""] = [from, to, beforeFrom, beforeTo].map(dayAndMonth);
  return `${texts.against(a, b, c, d)}. ${texts.tap}`;
};

const Empty = ({ wanted, narrowed, clear }: { wanted: Wanted; narrowed: boolean; clear: () => void }) => (
  <section class="card hero">
    <div>
      <h2>
        {narrowed
          ? texts.empty.narrowed
          : wanted.days === everything.days
            ? texts.empty.title
            : texts.empty.quiet(count(wanted.days))}
      </h2>
      {narrowed ? null : <p class="soft">{texts.empty.text}</p>}
    </div>
    {narrowed ? (
      <button type="button" class="btn" onClick={clear}>
        {texts.empty.clear}
      </button>
    ) : (
      <a class="btn" href="#panel">
        {texts.empty.action}
      </a>
    )}
  </section>
);

const Parts = ({ answer, me }: { answer: Answer; me: Me }) => {
  const { trends } = answer;
  const place = placeOf(answer);
  return (
    <>
      <p class="hint line">{spanWords(trends)}</p>
      <h2 class="vh">{texts.summary}</h2>
      <Summary trends={trends} placeOf={place} me={me} />
      <div class="cols rate-and-ai">
        <RateCard trends={trends} />
        <WithAi ai={trends.ai} placeOf={place} />
      </div>
      <Groups trends={trends} placeOf={place} />
    </>
  );
};

/** «Tendencias»: whole days against as many before, by team, site and campaign, with AI and without. */
export const TrendsPage = ({ me }: { me: Me }) => {
  const { answer, busy, problem, wanted, choices, narrowed, change, again } = useTrends();
  const empty = answer !== null && answer.trends.totals.calls === 0;
  const span = answer && { from: answer.trends.from, to: answer.trends.to };
  return (
    <>
      <Header
        me={me}
        title={texts.title}
        sub={whose(answer, me)}
        action={
          span && !empty ? (
            <ExportButton key={JSON.stringify([span, wanted])} me={me} span={span} narrowed={wanted} />
          ) : null
        }
      />
      <main class="trends">
        <Choices wanted={wanted} choices={choices} change={change} />
        {problem ? (
          <div key="problem" class="h sb">
            <Trouble problem={problem} />
            <button type="button" class="btn" onClick={again}>
              {t.retry}
            </button>
          </div>
        ) : null}
        {answer === null ? (
          busy ? (
            <p key="busy" class="hint line" aria-busy="true">
              {t.loading}
            </p>
          ) : null
        ) : empty ? (
          <Empty
            key={`empty ${wanted.days}`}
            wanted={wanted}
            narrowed={narrowed}
            clear={() => change({ ...everything, days: wanted.days })}
          />
        ) : (
          <div
            key="parts"
            class="parts"
            aria-busy={busy ? "true" : undefined}
            data-trends={answer.trends.days.length}
          >
            <Parts answer={answer} me={me} />
          </div>
        )}
      </main>
    </>
  );
};
