import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Problem } from "#contract";
import { t } from "../i18n/index.ts";
import { Icon } from "./icon.tsx";
import "./field.css";

type Props = {
  name: string;
  label: string;
  type?: "text" | "email" | "password" | "date" | "time" | "number" | "search";
  value?: string;
  autocomplete?: string;
  hint?: string;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  placeholder?: string;
  inputMode?: "decimal";
  problem?: Problem | null;
  /** Takes the focus when it appears. */
  focus?: boolean;
};

/** What the server says about a field, or about one of its lines. */
const mistakeIn = (name: string, problem: Problem | null | undefined): string | undefined =>
  problem?.errors?.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message;

/** A labelled input; what the server says about this field stands under it. */
export const Field = ({ name, label, type = "text", value, hint, problem, ...rest }: Props) => {
  const [shown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    // the field enters the page after this effect
    if (rest.focus) queueMicrotask(() => input.current?.focus());
  }, []);
  const wrong = mistakeIn(name, problem);
  const note = wrong ?? hint;
  return (
    <label class="field">
      {label}
      <span class={`in${wrong ? " wrong" : ""}`}>
        <input
          ref={input}
          name={name}
          type={shown ? "text" : type}
          value={value}
          autocomplete={rest.autocomplete ?? "off"}
          required={rest.required ?? true}
          minlength={rest.minLength}
          maxlength={rest.maxLength}
          placeholder={rest.placeholder}
          inputmode={rest.inputMode}
          aria-invalid={wrong ? "true" : undefined}
          aria-describedby={note ? `${name}-note` : undefined}
        />
        {type === "password" ? (
          <button
            type="button"
            class="peek soft"
            aria-label={t.showPassword}
            aria-pressed={String(shown)}
            onClick={() => setShown(!shown)}
          >
            <Icon name="eye" />
          </button>
        ) : null}
      </span>
      {note ? (
        <span id={`${name}-note`} class={wrong ? "bad" : "faint"}>
          {note}
        </span>
      ) : null}
    </label>
  );
};

type AreaProps = Pick<Props, "name" | "label" | "value" | "hint" | "required" | "maxLength" | "problem"> & {
  rows: number;
};

/** A labelled field of several lines. */
export const Area = ({ name, label, value, hint, problem, required, maxLength, rows }: AreaProps) => {
  const wrong = mistakeIn(name, problem);
  const note = wrong ?? hint;
  return (
    <label class="field">
      {label}
      <span class={`in${wrong ? " wrong" : ""}`}>
        <textarea
          name={name}
          rows={rows}
          value={value ?? ""}
          required={required ?? true}
          maxlength={maxLength}
          aria-invalid={wrong ? "true" : undefined}
          aria-describedby={note ? `${name}-note` : undefined}
        />
      </span>
      {note ? (
        <span id={`${name}-note`} class={wrong ? "bad" : "faint"}>
          {note}
        </span>
      ) : null}
    </label>
  );
};

type ChoiceProps = {
  name: string;
  label: string;
  options: [value: string, text: string][];
  value?: string;
  /** Told of every choice. */
  choose?: (value: string) => void;
};

/** A labelled choice among a few. */
export const Choice = ({ name, label, options, value, choose }: ChoiceProps) => (
  <label class="field">
    {label}
    <span class="in">
      <select name={name} onChange={(event: Event) => choose?.((event.target as HTMLSelectElement).value)}>
        {options.map(([option, text]) => (
          <option value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
      <Icon name="down" small />
    </span>
  </label>
);

/** The values of a form's fields, trimmed, by name. Passwords stay as they were typed. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") values[name] = name === "password" ? value : value.trim();
  }
  return values;
}
