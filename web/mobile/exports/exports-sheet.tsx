import { useRef } from "hono/jsx/dom";
import type { ExportFormat, ExportKind } from "#contract";
import { exports as texts } from "../../i18n/exports.ts";
import { useJobs } from "../../jobs.ts";
import { dayAt } from "../../ui/day.ts";
import { Choice, Field, valuesOf } from "../../ui/field.tsx";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import type { Exporting } from "../panel/export-button.tsx";
import { exportsApi } from "./api.ts";
import { MadeList } from "./made.tsx";
import { Schedules } from "./schedules.tsx";
import "./exports.css";

const KINDS: ExportKind[] = ["calls", "agents", "recordings", "ai", "time"];
const FORMATS: ExportFormat[] = ["xlsx", "csv"];

/** What is exported, the exports that were made, and those that make themselves. */
export const ExportsSheet = ({ me, span, kind = "calls", onClose }: Exporting & { onClose: () => void }) => {
  const form = useRef<HTMLFormElement>(null);
  const { jobs, busy, problem, start, drop } = useJobs("export");
  const today = dayAt(new Date(), me.timeZone);
  const values = () => {
    const { kind: chosen, format, from = "", to = "" } = form.current ? valuesOf(form.current) : {};
    return { kind: chosen as ExportKind, format: format as ExportFormat, filters: { from, to } };
  };
  const ask = (event: Event): void => {
    event.preventDefault();
    void start(() => exportsApi.ask(values()));
  };
  return (
    <Sheet label={texts.title} onClose={onClose} side tall>
      <div class="h sb">
        <h1 class="cut">{texts.title}</h1>
        <CloseButton />
      </div>
      <form ref={form} class="stacked export-form" onSubmit={ask}>
        <Choice
          name="kind"
          label={texts.what}
          value={kind}
          options={KINDS.map((one) => [one, texts.kinds[one]])}
        />
        <div class="export-days">
          <Field name="from" type="date" label={texts.from} value={span?.from ?? today} problem={problem} />
          <Field name="to" type="date" label={texts.to} value={span?.to ?? today} problem={problem} />
          <Choice
            name="format"
            label={texts.format}
            value="xlsx"
            options={FORMATS.map((one) => [one, texts.formats[one]])}
          />
        </div>
        <button type="submit" class="btn primary" disabled={busy}>
          {texts.make}
        </button>
      </form>
      <div key={`trouble ${problem?.code}`}>{problem ? <Trouble problem={problem} /> : null}</div>
      <section class="stacked">
        <h2>{texts.made}</h2>
        {jobs === null ? (
          <p class="soft sm">{texts.looking}</p>
        ) : (
          <MadeList key="made" jobs={jobs} drop={(id) => void drop(id)} />
        )}
      </section>
      {me.role === "agent" ? null : (
        <Schedules
          key="schedules"
          me={me}
          chosen={() => {
            const { filters: _, ...chosen } = values();
            return chosen;
          }}
        />
      )}
    </Sheet>
  );
};
