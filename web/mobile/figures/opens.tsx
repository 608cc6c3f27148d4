import type { Child } from "hono/jsx/dom";
import type { FigurePlace, MetricId } from "#contract";

/** A number that can be opened: which metric, and where it stands. */
export type Opened = {
  metric: MetricId;
  place: FigurePlace;
  /** Whose it is, in words, where the place's scope does not say it: an agent's name. */
  who?: string | undefined;
};

type Props = Opened & {
  /** What the number is, for those who do not see what stands around it. */
  label: string;
  class?: string;
  children: Child;
};

/** A number as a button: a tap shows what it is made of and the calls behind it. The sheet comes on demand. */
export const Opens = ({ label, children, class: name = "", ...opened }: Props) => (
  <button
    type="button"
    class={`opens ${name}`}
    aria-haspopup="dialog"
    data-opens={opened.metric}
    onClick={() => void import("./opened.tsx").then(({ openFigure }) => openFigure(opened))}
  >
    <span class="vh">{label}: </span>
    {children}
  </button>
);
