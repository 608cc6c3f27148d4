import type { Trends } from "#contract";
import { trends as texts } from "../../i18n/trends.ts";
import { count, dayAndMonth } from "../../ui/format.ts";
import { Plot } from "../../ui/plot.tsx";
import { percent } from "../figures/written.ts";
import { firstOf, lastOf, peakOf, rolling, windowOf } from "./rolling.ts";

// charts arrive beside the screen, not before it
const charts = import("./rate-chart.ts");
const rateLine = charts.then(({ drawRate }) => drawRate);
const dailyCalls = charts.then(({ drawCalls }) => drawCalls);

/** From half a point on a line rises or falls; below it stays where it is. */
const LEVEL = 0.005;
const written = (share: number | null | undefined): string => percent(share ?? null, 1);

/** What the chart shows, in words. */
function conclusion(days: string[], now: (number | null)[], before: (number | null)[]): string {
  const [first, last] = [now[firstOf(now)] ?? 0, now[lastOf(now)] ?? 0];
  const peak = peakOf(now);
  const course =
    Math.abs(last - first) < LEVEL
      ? texts.line.level(written(last))
      : texts.line[last > first ? "up" : "down"](written(first), written(last));
  const end = before[lastOf(before)];
  return [
    course,
    texts.line.peak(written(now[peak]), dayAndMonth(days[peak] ?? "")),
    end == null ? "" : texts.line.beforeEnd(written(end)),
  ]
    .filter(Boolean)
    .join(" ");
}

const Calls = ({ days }: Pick<Trends, "days">) => {
  const calls = days.map((day) => day.calls);
  const peak = peakOf(calls);
  const most = count(calls[peak] ?? 0);
  const summary = texts.line.callsSummary(most, dayAndMonth(days[peak]?.day ?? ""));
  return (
    <>
      <div class="h sb sm soft">{texts.line.calls}</div>
      <Plot
        draw={dailyCalls}
        class="daily"
        data={{ days: days.map(({ day }) => day), calls }}
        summary={summary}
      />
    </>
  );
};

/** The success rate over the period, smoothed, with the period before, and the calls of each day below. */
export const RateCard = ({ trends }: { trends: Trends }) => {
  const { days, daysBefore } = trends;
  const window = windowOf(days.length);
  const now = rolling(days, window, daysBefore);
  const before = rolling(daysBefore, window);
  const names = days.map(({ day }) => day);
  const reached = [...daysBefore, ...days].filter(({ contacts }) => contacts > 0);
  const known = reached.length >= window && now.some((share) => share !== null);
  const n = count(days.length);
  return (
    <section class="card rate-card">
      <header class="tight">
        <h2>{texts.line.title}</h2>
        <span class="sm faint">{window === 1 ? texts.line.daily : texts.line.weekly}</span>
      </header>
      {known ? (
        <>
          <div class="key">
            <span>
              <i class="ln now" />
              {texts.line.now(n)}
            </span>
            {lastOf(before) < 0 ? null : (
              <span>
                <i class="ln dashed" />
                {texts.line.before(n)}
              </span>
            )}
          </div>
          <Plot
            draw={rateLine}
            class="rate"
            data={{ days: names, now, before }}
            summary={conclusion(names, now, before)}
          />
          <Calls days={days} />
        </>
      ) : (
        <p key="not-yet" class="hint">
          {texts.line.notYet}
        </p>
      )}
    </section>
  );
};
