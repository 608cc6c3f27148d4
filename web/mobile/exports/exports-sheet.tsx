import { useRef, useState } from "hono/jsx/dom";
import type { ExportFormat, ExportKind } from "#contract";
import { ApiError } from "../../api.ts";
import { exports as texts } from "../../i18n/exports.ts";
import { useJobs } from "../../jobs.ts";
import { dayAt } from "../../ui/day.ts";
import { Field, valuesOf } from "../../ui/field.tsx";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import type { Exporting } from "../panel/export-button.tsx";
import { exportsApi } from "./api.ts";
import { FormatChoice, KindChoice } from "./choices.tsx";
import { MadeList } from "./made.tsx";
import { Narrowing, narrowedFor, type Narrowed } from "./narrowing.tsx";
import { Schedules } from "./schedules.tsx";
import "./exports.css";

/** The days' order is told here, because the server names the field by its place in what was sent. */
const reversed = (): ApiError => {
  const { detail, hint, field } = texts.reversed;
  const errors = [{ path: "to", message: field }];
  return new ApiError({
    type: "about:blank",
    title: detail,
    status: 0,
    code: "reversed",
    detail,
    hint,
    errors,
  });
};

/** What is exported, the exports that were made, and those that make themselves. */
export const ExportsSheet = ({ me, span, onClose, ...asked }: Exporting & { onClose: () => void }) => {
  const form = useRef<HTMLFormElement>(null);
  const [kind, setKind] = useState<ExportKind>(asked.kind ?? "calls");
  const [format, setFormat] = useState<ExportFormat>("xlsx");
  const [narrowed, setNarrowed] = useState<Narrowed>(asked.narrowed ?? {});
  const counting = narrowedFor(kind, narrowed);
  const leads = me.role !== "agent";
  const { jobs, busy, problem, start, drop } = useJobs("export");
  const today = dayAt(new Date(), me.timeZone);
  const ask = (event: Event): void => {
    event.preventDefault();
    const { from = "", to = "" } = form.current ? valuesOf(form.current) : {};
    void start(async () => {
      if (from > to) throw reversed();
      return exportsApi.ask({ kind, format, filters: { ...counting, from, to } });
    });
  };
  return (
    <Sheet label={texts.title} onClose={onClose} side tall>
      <div class="h sb">
        <h1 class="cut">{texts.title}</h1>
        <CloseButton />
      </div>
      <form ref={form} class="stacked export-form" onSubmit={ask}>
        <KindChoice value={kind} choose={setKind} />
        {leads ? <Narrowing key="narrowing" kind={kind} narrowed={narrowed} change={setNarrowed} /> : null}
        <div class="export-days">
          <Field name="from" type="date" label={texts.from} value={span?.from ?? today} problem={problem} />
          <Field name="to" type="date" label={texts.to} value={span?.to ?? today} problem={problem} />
          <FormatChoice value={format} choose={setFormat} />
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
      {leads ? <Schedules key="schedules" me={me} chosen={{ kind, format, filters: counting }} /> : null}
    </Sheet>
  );
};
