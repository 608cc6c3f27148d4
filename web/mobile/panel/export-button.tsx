import { useRef, useState } from "hono/jsx/dom";
import type { Me, Problem } from "#contract";
import { problemOf, queryString } from "../../api.ts";
import { t } from "../../i18n/index.ts";
import { dayAt } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Trouble } from "../../ui/trouble.tsx";

type Work =
  | { step: "rest" | "done" }
  | { step: "busy"; amount: string }
  | { step: "failed"; problem: Problem };

type Props = {
  me: Me;
  /** Days `YYYY-MM-DD`, both included; today where there are none. */
  span?: { from: string; to: string };
  /** What it exports, in words. */
  title?: string;
};

/** The calls of a span as a workbook, with its progress and a way out. What fetches it comes with the first press. */
export const ExportButton = ({ me, span, title = t.export.title }: Props) => {
  const [work, setWork] = useState<Work>({ step: "rest" });
  const stop = useRef<AbortController>(null);
  const start = async (): Promise<void> => {
    const abort = new AbortController();
    stop.current = abort;
    const day = dayAt(new Date(), me.timeZone);
    const path = `/api/exports/calls.xlsx${queryString(span ?? { from: day, to: day })}`;
    try {
      setWork({ step: "busy", amount: "" });
      const { saved } = await import("./save.ts");
      await saved(path, abort.signal, (amount) => setWork({ step: "busy", amount }));
      setWork({ step: "done" });
    } catch (error) {
      setWork(abort.signal.aborted ? { step: "rest" } : { step: "failed", problem: problemOf(error) });
    }
  };
  return (
    <div class="export">
      {work.step === "busy" ? (
        <button key="stop" type="button" class="btn" onClick={() => stop.current?.abort()}>
          <span class="sm" role="status">
            {t.export.preparing(work.amount)}
          </span>
          <Icon name="close" small />
          <span class="vh">{t.cancel}</span>
        </button>
      ) : (
        <button
          key="start"
          type="button"
          class="btn"
          title={title}
          aria-label={title}
          onClick={() => void start()}
        >
          <Icon name={work.step === "done" ? "check" : "download"} small />
          <span class="wide">{t.export.action}</span>
        </button>
      )}
      {work.step === "failed" ? <Trouble problem={work.problem} /> : null}
      <span class="vh" role="status">
        {work.step === "done" ? t.export.done : ""}
      </span>
    </div>
  );
};
