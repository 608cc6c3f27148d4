import type { Stats } from "#contract";
import { t } from "../../i18n/index.ts";
import { count, tinyDay } from "../../ui/format.ts";
import { Plot } from "../../ui/plot.tsx";

const draw = import("./bars.ts").then(({ drawWeek }) => drawWeek);
const NO_DAYS: Stats["days"] = Array.from({ length: 7 }, () => ({ day: "", calls: 0, sales: 0 }));

/** The mean of the whole days on which there were calls; today is not whole yet. */
function perDay(days: Stats["days"], of: "calls" | "sales"): string {
  const whole = days.slice(0, -1).filter(({ calls }) => calls > 0);
  if (whole.length === 0) return t.none;
  return count(Math.round(whole.reduce((sum, day) => sum + day[of], 0) / whole.length));
}

const Mini = ({ days, of, label }: { days: Stats["days"]; of: "calls" | "sales"; label: string }) => {
  const x = days.map(({ day }, i) => (i === days.length - 1 ? t.today : day === "" ? "" : tinyDay(day)));
  const bars = days.map((day) => day[of]);
  const summary = t.panel.weekSummary(label, x.map((name, i) => `${name} ${count(bars[i] ?? 0)}`).join(", "));
  return (
    <div class="mini">
      <div>
        <span class="sm soft">{label}</span>
        <b key={perDay(days, of)}>{perDay(days, of)}</b>
        <span class="xs faint">{t.panel.perDay}</span>
      </div>
      <Plot
        draw={draw}
        class="low"
        data={{ x, bars, tone: of === "calls" ? "fill" : "ok" }}
        summary={summary}
      />
    </div>
  );
};

/** The last seven days as two small plots: their scales differ. */
export const Week = ({ stats }: { stats: Stats | null }) => {
  const days = stats?.days ?? NO_DAYS;
  return (
    <section class="card week">
      <header class="tight">
        <h2>{t.panel.week}</h2>
        <span class="sm faint">{t.panel.partial}</span>
      </header>
      <Mini days={days} of="calls" label={t.panel.weekCalls} />
      <Mini days={days} of="sales" label={t.panel.weekSales} />
    </section>
  );
};
