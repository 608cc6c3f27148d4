import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me, ReportPeriod, Schedule, ScheduleInput } from "#contract";
import { exports as texts } from "../../i18n/exports.ts";
import { board } from "../../live.ts";
import { dayAndMonth } from "../../ui/format.ts";
import { dayAt } from "../../ui/day.ts";
import { Choice, Field, valuesOf } from "../../ui/field.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { useStore } from "../../ui/store.ts";
import { Switch } from "../../ui/switch.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { exportsApi } from "./api.ts";
import { narrowedWords, teamsOf, useOutcomeNames, type Narrowed } from "./narrowing.tsx";

const PERIODS: ReportPeriod[] = ["daily", "weekly", "monthly"];

/** What is exported, how, and of whom. */
type Chosen = Required<Pick<ScheduleInput, "kind" | "format">> & { filters: Narrowed };

/** What is exported, in words: `Llamadas`, `Ventas Norte`, `Venta`. */
function useWords({ kind, format, filters }: Chosen): string[] {
  const { agents } = useStore(board);
  const outcomes = useOutcomeNames(filters.campaign);
  const how = format === "xlsx" ? [] : [texts.formats[format]];
  return [texts.kinds[kind], ...how, ...narrowedWords(filters, agents, outcomes)];
}

type Props = {
  me: Me;
  /** What the form above says is exported. */
  chosen: Chosen;
};

/** Reports that make themselves: those there are, paused or not, and another one. */
export const Schedules = ({ me, chosen }: Props) => {
  const { busy, problem, work } = useWork();
  const [schedules, setSchedules] = useState<Schedule[]>([]);
  const [adding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Schedule | null>(null);
  const deed = (what: () => Promise<unknown>): void =>
    void work(async () => {
      await what();
      setSchedules(await exportsApi.schedules());
    });
  useLayoutEffect(() => deed(async () => undefined), []);
  const remove = (one: Schedule): void =>
    deed(async () => {
      await exportsApi.remove(one.id);
      setRemoved(one);
    });
  const putBack = ({ name, period, kind, format, filters, byTeam, active }: Schedule): void =>
    deed(async () => {
      const { id } = await exportsApi.add({ name, period, kind, format, filters, byTeam });
      if (!active) await exportsApi.change(id, { active });
      setRemoved(null);
    });
  return (
    <section class="stacked">
      <h2>{texts.schedules}</h2>
      <p class="soft sm">{texts.schedulesWhy}</p>
      <div class="rows">
        {schedules.map((one) => (
          <Line
            key={one.id}
            me={me}
            one={one}
            busy={busy}
            toggle={(active) => deed(() => exportsApi.change(one.id, { active }))}
            remove={() => remove(one)}
          />
        ))}
      </div>
      {removed ? (
        <p key="removed" class="h sm soft" role="status">
          <span class="grow">{texts.removed(removed.name)}</span>
          <button type="button" class="btn" disabled={busy} data-put-back onClick={() => putBack(removed)}>
            {texts.undo}
          </button>
        </p>
      ) : null}
      {adding ? (
        <Another
          key="form"
          chosen={chosen}
          busy={busy}
          problem={problem}
          add={(input) =>
            deed(async () => {
              await exportsApi.add(input);
              setAdding(false);
            })
          }
        />
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

type LineProps = {
  me: Me;
  one: Schedule;
  busy: boolean;
  toggle: (active: boolean) => void;
  remove: () => void;
};

/** One that makes itself: of what, whose, how often, when next. */
const Line = ({ me, one, busy, toggle, remove }: LineProps) => {
  const [kind = "", ...narrowed] = useWords(one);
  const next = (): string => {
    if (one.stopped !== null) return one.stopped === "not_found" ? texts.stoppedGone : texts.stopped;
    return one.active ? texts.next(dayAndMonth(dayAt(new Date(one.nextAt), me.timeZone))) : texts.paused;
  };
  const parts = [kind, texts.periods[one.period], ...narrowed, one.byTeam ? texts.eachTeam : "", next()];
  const hint = parts.filter((part) => part !== "").join(" · ");
  return (
    <div data-schedule={one.id}>
      <span key={`${one.active} ${hint}`} class="grow">
        <Switch label={one.name} hint={hint} checked={one.active} disabled={busy} toggle={toggle} />
      </span>
      <button
        type="button"
        class="btn icon"
        aria-label={texts.remove(one.name)}
        disabled={busy}
        onClick={remove}
      >
        <MoreIcon name="remove" />
      </button>
    </div>
  );
};

type AnotherProps = Pick<Props, "chosen"> & {
  busy: boolean;
  problem: Parameters<typeof Field>[0]["problem"];
  add: (input: ScheduleInput) => void;
};

/** Another one, of what is chosen above. */
const Another = ({ chosen, busy, problem, add }: AnotherProps) => {
  const { agents } = useStore(board);
  const words = useWords(chosen);
  const { scope = "", agent } = chosen.filters;
  // one team, or one agent, is one file
  const several = agent === undefined && !scope.startsWith("team:") && teamsOf(agents).length > 1;
  const submit = (event: Event): void => {
    event.preventDefault();
    const { name = "", period, byTeam } = valuesOf(event.target as HTMLFormElement);
    add({ name, period: period as ReportPeriod, ...chosen, byTeam: byTeam !== undefined });
  };
  return (
    <form class="stacked" onSubmit={submit}>
      <p key={words.join(" ")} class="soft sm" data-keeps>
        {texts.keeps(words.join(" · "))}
      </p>
      <Field name="name" label={texts.name} maxLength={60} problem={problem} focus />
      <Choice
        name="period"
        label={texts.period}
        options={PERIODS.map((period) => [period, texts.periods[period]])}
      />
      {several ? (
        <Switch key="by-team" name="byTeam" label={texts.byTeam} hint={texts.byTeamWhy} checked={false} />
      ) : null}
      <button type="submit" class="btn primary" disabled={busy}>
        {texts.schedule}
      </button>
    </form>
  );
};
