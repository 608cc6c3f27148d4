import { useState } from "hono/jsx/dom";
import type { ReportPeriod, Schedule, ScheduleInput } from "#contract";
import { exports as texts } from "../../i18n/exports.ts";
import { board } from "../../live.ts";
import { Choice, Field, valuesOf } from "../../ui/field.tsx";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { useStore } from "../../ui/store.ts";
import { Switch } from "../../ui/switch.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { FormatChoice, KindChoice } from "./choices.tsx";
import { Narrowing, narrowedFor, teamsOf, type Narrowed } from "./narrowing.tsx";

const PERIODS: ReportPeriod[] = ["daily", "weekly", "monthly"];

/** What a report is asked for with. */
export type Report = Required<ScheduleInput>;

type Props = {
  /** One that there is, or what a new one begins with. */
  report: Schedule | Report;
  save: (report: Report) => Promise<void>;
  onClose: () => void;
};

/** All that a report that makes itself is, to make one or to change it. */
export const ScheduleSheet = ({ report, save, onClose }: Props) => {
  const { busy, problem, work } = useWork();
  const { agents } = useStore(board);
  const [kind, setKind] = useState(report.kind);
  const [format, setFormat] = useState(report.format);
  const [narrowed, setNarrowed] = useState<Narrowed>(report.filters);
  const there = "id" in report;
  const title = there ? texts.changeSchedule(report.name) : texts.addSchedule;
  const { scope = "", agent } = narrowed;
  // one team, or one agent, is one file
  const several = agent === undefined && !scope.startsWith("team:") && teamsOf(agents).length > 1;
  const submit = (event: Event): void => {
    event.preventDefault();
    const { name = "", period, byTeam } = valuesOf(event.target as HTMLFormElement);
    const { contactId } = report.filters;
    const filters = { ...narrowedFor(kind, narrowed), ...(contactId && { contactId }) };
    const wanted = { name, period: period as ReportPeriod, kind, format, filters };
    void work(() => save({ ...wanted, byTeam: byTeam !== undefined })).then((done) => done && onClose());
  };
  return (
    <Sheet label={title} onClose={onClose} side tall>
      <div class="h sb">
        <h1 class="cut">{title}</h1>
        <CloseButton />
      </div>
      <form class="stacked" data-schedule-form onSubmit={submit}>
        <Field name="name" label={texts.name} value={report.name} maxLength={60} problem={problem} focus />
        <KindChoice value={kind} choose={setKind} />
        <Narrowing kind={kind} narrowed={narrowed} change={setNarrowed} />
        <div class="export-days">
          <Choice
            name="period"
            label={texts.period}
            value={report.period}
            options={PERIODS.map((period) => [period, texts.periods[period]])}
          />
          <FormatChoice value={format} choose={setFormat} />
        </div>
        {several ? (
          <Switch
            key="by-team"
            name="byTeam"
            label={texts.byTeam}
            hint={texts.byTeamWhy}
            checked={report.byTeam}
          />
        ) : null}
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        <button key="save" type="submit" class="btn primary" disabled={busy}>
          {there && report.stopped !== null ? texts.scheduleAgain : texts.schedule}
        </button>
      </form>
    </Sheet>
  );
};
