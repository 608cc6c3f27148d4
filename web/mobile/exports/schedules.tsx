import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me, ReportPeriod, Schedule, ScheduleInput } from "#contract";
import { exports as texts } from "../../i18n/exports.ts";
import { dayAndMonth } from "../../ui/format.ts";
import { dayAt } from "../../ui/day.ts";
import { Choice, Field, valuesOf } from "../../ui/field.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { exportsApi } from "./api.ts";

const PERIODS: ReportPeriod[] = ["daily", "weekly", "monthly"];

type Props = {
  me: Me;
  /** What the form above says is exported. */
  chosen: () => Pick<ScheduleInput, "kind" | "format">;
};

/** Reports that make themselves: those there are, paused or not, and another one. */
export const Schedules = ({ me, chosen }: Props) => {
  const { busy, problem, work } = useWork();
  const [schedules, setSchedules] = useState<Schedule[]>([]);
  const [adding, setAdding] = useState(false);
  const deed = (what: () => Promise<unknown>): void =>
    void work(async () => {
      await what();
      setSchedules(await exportsApi.schedules());
    });
  useLayoutEffect(() => deed(async () => undefined), []);
  const add = (event: Event): void => {
    event.preventDefault();
    const { name = "", period } = valuesOf(event.target as HTMLFormElement);
    deed(async () => {
      await exportsApi.add({ name, period: period as ReportPeriod, ...chosen() });
      setAdding(false);
    });
  };
  const hint = ({ kind, period, active, nextAt, stopped }: Schedule): string => {
    const what = `${texts.kinds[kind]} · ${texts.periods[period]}`;
    if (stopped !== null) return `${what} · ${texts.stopped}`;
    return active
      ? `${what} · ${texts.next(dayAndMonth(dayAt(new Date(nextAt), me.timeZone)))}`
      : `${what} · ${texts.paused}`;
  };
  return (
    <section class="stacked">
      <h2>{texts.schedules}</h2>
      <p class="soft sm">{texts.schedulesWhy}</p>
      <div class="rows">
        {schedules.map((one) => (
          <div key={one.id} data-schedule={one.id}>
            <span key={`${one.active} ${one.name}`} class="grow">
              <Switch
                label={one.name}
                hint={hint(one)}
                checked={one.active}
                disabled={busy}
                toggle={(active) => deed(() => exportsApi.change(one.id, { active }))}
              />
            </span>
            <button
              type="button"
              class="btn icon"
              aria-label={texts.remove(one.name)}
              disabled={busy}
              onClick={() => deed(() => exportsApi.remove(one.id))}
            >
              <MoreIcon name="remove" />
            </button>
          </div>
        ))}
      </div>
      {adding ? (
        <form key="form" class="stacked" onSubmit={add}>
          <Field name="name" label={texts.name} maxLength={60} problem={problem} focus />
          <Choice
            name="period"
            label={texts.period}
            options={PERIODS.map((period) => [period, texts.periods[period]])}
          />
          <button type="submit" class="btn primary" disabled={busy}>
            {texts.schedule}
          </button>
        </form>
      ) : (
        <button key="add" type="button" class="btn" data-add-schedule onClick={() => setAdding(true)}>
          <MoreIcon name="plus" small />
          {texts.addSchedule}
        </button>
      )}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </section>
  );
};
