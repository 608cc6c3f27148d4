import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Problem, RecordingStats } from "#contract";
import { problemOf } from "../../../api.ts";
import { t } from "../../../i18n/index.ts";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { count, length } from "../../../ui/format.ts";
import { CloseButton, Sheet } from "../../../ui/sheet.tsx";
import { Trouble } from "../../../ui/trouble.tsx";
import { library } from "../api.ts";
import { monthName, size } from "../words.ts";

type Amounts = { count: number; seconds: number; bytes: number };
type Row = Amounts & { key: string; name: string };

const line = ({ count: n, seconds, bytes }: Amounts): string =>
  texts.statLine(count(n), length(seconds), size(bytes));

/** Amounts as bars, each as long as its share of the longest. */
const Bars = ({ title, rows }: { title: string; rows: Row[] }) => {
  const most = Math.max(1, ...rows.map(({ seconds }) => seconds));
  return (
    <section>
      <h2>{title}</h2>
      <ul class="amounts">
        {rows.map((row) => (
          <li key={row.key} data-amount={row.key}>
            <span class="h sb">
              <span class="b">{row.name}</span>
              <span class="sm soft">{line(row)}</span>
            </span>
            <i class="c-fill" style={{ "--part": `${(row.seconds / most) * 100}%` }} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const Amounts = ({ stats }: { stats: RecordingStats }) => (
  <>
    <div class="stat">
      <div>
        <b>{count(stats.count)}</b>
        <span class="sm soft">{texts.statsCount}</span>
      </div>
      <div>
        <b>{length(stats.seconds)}</b>
        <span class="sm soft">{texts.statsTime}</span>
      </div>
      <div>
        <b>{size(stats.bytes)}</b>
        <span class="sm soft">{texts.statsSize}</span>
      </div>
    </div>
    {stats.months.length > 0 ? (
      <Bars
        key="months"
        title={texts.byMonth}
        rows={stats.months.map((one) => ({ ...one, key: one.month, name: monthName(one.month) }))}
      />
    ) : null}
    {stats.agents.length > 1 ? (
      <Bars
        key="agents"
        title={texts.byAgent}
        rows={stats.agents
          .map((one) => ({ ...one, key: one.agentId, name: one.agentName }))
          .toSorted((a, b) => b.seconds - a.seconds)}
      />
    ) : null}
  </>
);

/** How many recordings there are, how long and how big: all, by month, by agent. */
export const StatsSheet = ({ onClose }: { onClose: () => void }) => {
  const [stats, setStats] = useState<RecordingStats | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useLayoutEffect(() => {
    library.stats().then(setStats, (error: unknown) => setProblem(problemOf(error)));
  }, []);
  return (
    <Sheet side tall label={texts.stats} onClose={onClose}>
      <div class="h">
        <div class="grow">
          <h1>{texts.stats}</h1>
          <p class="sm soft">{texts.statsAll}</p>
        </div>
        <CloseButton />
      </div>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {stats ? (
        <Amounts key="stats" stats={stats} />
      ) : problem === null ? (
        <p key="busy" class="sm faint" aria-busy="true">
          {t.loading}
        </p>
      ) : null}
    </Sheet>
  );
};
