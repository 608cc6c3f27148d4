import type { Child } from "hono/jsx/dom";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import { Opens, type Opened } from "../figures/opens.tsx";

export type Change = {
  by: number;
  text: string;
  before: string;
  neutral?: boolean;
  /** What stands there when `by` is 0. */
  same?: string;
};
export type Figure = {
  label: string;
  value: [number: string, unit: string][];
  change: Change | null;
  /** What a tap shows; null while there is nothing to open. */
  opens: Opened | null;
  /** A line under it, e.g. what a rate is made of. */
  note?: Child;
  /** Too few cases to say much. */
  few?: boolean;
};

/** By how much a figure differs from the one before; `neutral` where more is neither good nor bad. */
export const Delta = ({ by, text, before, neutral, same = "=" }: Change) => (
  <div class={`delta${by < 0 ? " down" : ""}${neutral || by === 0 ? " flat" : ""}`}>
    {by === 0 ? null : <Icon name="up" />}
    {by === 0 ? null : <span class="vh">{by > 0 ? t.panel.better : t.panel.worse}</span>}
    <b>{by === 0 ? same : text}</b>
    <span>{t.panel.before(before)}</span>
  </div>
);

/** One figure. Its contents are new elements when they change, so that nothing beside them moves. */
export const Tile = ({ label, value, change, opens, note, few }: Figure) => {
  const words = value.map((pair) => pair.join(" ")).join(" ");
  const written = (
    <span key={words} class={few ? "faint" : ""}>
      {value.map(([number, unit]) => (
        <>
          {number}
          {unit === "" ? " " : <small> {unit} </small>}
        </>
      ))}
    </span>
  );
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd>
        {opens ? (
          <Opens key="opens" label={label} {...opens}>
            {written}
          </Opens>
        ) : (
          written
        )}
      </dd>
      {note}
      <div key={`${words}${change?.before}`} class="was">
        {change ? <Delta {...change} /> : null}
      </div>
    </div>
  );
};
