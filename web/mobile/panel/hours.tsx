import type { Stats } from "#contract";
import { t } from "../../i18n/index.ts";
import { count, timeOfDay, weekdayOf } from "../../ui/format.ts";
import { Plot } from "../../ui/plot.tsx";

const draw = import("./bars.ts").then(({ drawHours }) => drawHours);
const NOTHING = Array<number>(24).fill(0);
const HOURS = NOTHING.map((_, hour) => String(hour));

function dayBefore({ until, timeZone }: Stats): string {
  const day = weekdayOf(new Date(Date.parse(until) - 7 * 86_400_000), timeZone);
  return day.charAt(0).toUpperCase() + day.slice(1);
}

/** Calls by hour with the sales inside; ticks show the same day of the week before. */
export const Hours = ({ stats }: { stats: Stats | null }) => {
  const bars = stats?.hours.map(({ calls }) => calls) ?? NOTHING;
  const inside = stats?.hours.map(({ sales }) => sales) ?? NOTHING;
  const before = stats?.hours.map(({ callsWeekBefore }) => callsWeekBefore) ?? NOTHING;
  const calls = count(stats?.totals.calls ?? 0);
  const sales = count(stats?.totals.sales ?? 0);
  const time = stats ? timeOfDay(stats.until, stats.timeZone) : t.none;
  const until = stats ? Number(time.slice(0, 2)) : 24;
  return (
    <section class="card">
      <header class="tight">
        <h2>{t.panel.hours}</h2>
        <span key={Math.max(...bars)} class="sm faint">
          {t.panel.maximum(count(Math.max(...bars)))}
        </span>
      </header>
      <div key={`${calls} ${sales}`} class="key roomy">
        <span>
          <i class="c-fill" />
          {t.panel.hoursCalls(calls)}
        </span>
        <span>
          <i class="c-ok" />
          {t.panel.hoursSales(sales)}
        </span>
        {stats && before.some(Boolean) ? (
          <span>
            <i class="ln" />
            {dayBefore(stats)}
          </span>
        ) : null}
      </div>
      <Plot
        draw={draw}
        class="tall"
        data={{ x: HOURS, bars, inside, before, until }}
        summary={t.panel.hoursSummary(calls, sales, time)}
      />
    </section>
  );
};
