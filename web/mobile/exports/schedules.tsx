import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me, Schedule } from "#contract";
import { exports as texts } from "../../i18n/exports.ts";
import { board } from "../../live.ts";
import { dayAndMonth } from "../../ui/format.ts";
import { dayAt } from "../../ui/day.ts";
import { Icon } from "../../ui/icon.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { useStore } from "../../ui/store.ts";
import { Switch } from "../../ui/switch.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { exportsApi } from "./api.ts";
import { narrowedWords, useOutcomeNames } from "./narrowing.tsx";
import { ScheduleSheet, type Report } from "./schedule-sheet.tsx";

/** What is exported, in words: `Llamadas`, `Ventas Norte`, `Venta`. */
function useWords({ kind, format, filters }: Schedule): string[] {
  const { agents } = useStore(board);
  const outcomes = useOutcomeNames(filters.campaign);
  const how = format === "xlsx" ? [] : [texts.formats[format]];
  return [texts.kinds[kind], ...how, ...narrowedWords(filters, agents, outcomes)];
}

type Props = {
  me: Me;
  /** What the form above says is exported: what another one begins with. */
  chosen: Pick<Report, "kind" | "format" | "filters">;
};

/** Reports that make themselves: those there are, paused or not, and another one. */
export const Schedules = ({ me, chosen }: Props) => {
  const { busy, problem, work } = useWork();
  const [schedules, setSchedules] = useState<Schedule[]>([]);
  const [open, setOpen] = useState<Schedule | Report | null>(null);
  const [removed, setRemoved] = useState<Schedule | null>(null);
  const doneAndRead = async (what: () => Promise<unknown>): Promise<void> => {
    await what();
    setSchedules(await exportsApi.schedules());
  };
  const deed = (what: () => Promise<unknown>): void => void work(() => doneAndRead(what));
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
  /** One that had stopped goes on with what it is now. */
  const save = (report: Report): Promise<void> =>
    doneAndRead(() => {
      if (!open || !("id" in open)) return exportsApi.add(report);
      return exportsApi.change(open.id, { ...report, ...(open.stopped !== null && { active: true }) });
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
            edit={() => setOpen(one)}
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
      <button
        key="add"
        type="button"
        class="btn"
        data-add-schedule
        onClick={() => setOpen({ name: "", period: "daily", byTeam: false, ...chosen })}
      >
        <MoreIcon name="plus" small />
        {texts.addSchedule}
      </button>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {open ? <ScheduleSheet key="sheet" report={open} save={save} onClose={() => setOpen(null)} /> : null}
    </section>
  );
};

type LineProps = {
  me: Me;
  one: Schedule;
  busy: boolean;
  toggle: (active: boolean) => void;
  edit: () => void;
  remove: () => void;
};

/** One that makes itself: of what, whose, how often, when next. */
const Line = ({ me, one, busy, toggle, edit, remove }: LineProps) => {
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
        aria-label={texts.changeSchedule(one.name)}
        data-edit
        onClick={edit}
      >
        <Icon name="pencil" />
      </button>
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
