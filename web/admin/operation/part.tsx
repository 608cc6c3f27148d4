import type { Child } from "hono/jsx/dom";
import type { Problem } from "#contract";
import { t } from "../../i18n/index.ts";
import { operation } from "../../i18n/operation.ts";
import { Trouble } from "../../ui/trouble.tsx";

type Props = {
  name: string;
  title: string;
  text: string;
  problem: Problem | null;
  /** Null where each change is saved by itself. */
  submit: (() => void) | null;
  busy: boolean;
  saved: boolean;
  /** Beside the button that saves. */
  more?: Child;
  children: Child;
};

/** One part of «Operación»: what it is for, its fields, and what became of saving it. */
export const Part = ({ name, title, text, problem, submit, busy, saved, more, children }: Props) => (
  <form
    class="card stacked"
    data-part={name}
    onSubmit={(event: Event) => {
      event.preventDefault();
      submit?.();
    }}
  >
    <header class="tight">
      <h2>{title}</h2>
    </header>
    <p class="hint">{text}</p>
    {children}
    {problem ? <Trouble key="problem" problem={problem} /> : null}
    {submit ? (
      <div key="save" class="h">
        {more}
        <span class="grow" />
        <button type="submit" class="btn primary" disabled={busy}>
          {operation.save}
        </button>
      </div>
    ) : null}
    <p key={saved ? "saved" : "open"} class="hint line" role="status">
      {busy ? t.loading : saved ? operation.saved : ""}
    </p>
  </form>
);

/** A number in a small field; empty is null. */
export const Small = ({
  label,
  value,
  step,
  change,
}: {
  label: string;
  value: number | null;
  step: "1" | "0.5";
  change: (value: number | null) => void;
}) => (
  <span class="in small-number">
    <input
      type="number"
      inputmode="decimal"
      min={step}
      step={step}
      aria-label={label}
      value={value === null ? "" : String(value)}
      onChange={(event: Event) => {
        const typed = (event.target as HTMLInputElement).value;
        change(typed === "" ? null : Number(typed));
      }}
    />
  </span>
);
