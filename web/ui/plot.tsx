import { useLayoutEffect, useRef } from "hono/jsx/dom";
import type uPlot from "uplot";
import type { Draw } from "./charts.ts";
import { useTheme } from "./theme.ts";

// charts arrive beside the page, not before it
const charts = import("./charts.ts");

type Props = { chart: "hours" | "week"; data: Parameters<Draw>[1]; summary: string; class?: string };

/** A chart in a box of fixed height; drawn again when its data, the theme or the width change. */
export const Plot = ({ chart, data, summary, class: name = "" }: Props) => {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const shape = JSON.stringify(data);
  const plot = useRef<uPlot>(null);
  useLayoutEffect(() => {
    let gone = false;
    const draw = async (): Promise<void> => {
      const { draws } = await charts;
      if (gone || !box.current || box.current.clientWidth === 0) return;
      const before = plot.current;
      plot.current = draws[chart](box.current, data);
      before?.destroy();
    };
    // its first report comes once the box is in the page and has a width
    const resized = new ResizeObserver(() => void draw());
    if (box.current) resized.observe(box.current);
    return () => {
      gone = true;
      resized.disconnect();
    };
  }, [shape, theme]);
  useLayoutEffect(() => () => plot.current?.destroy(), []);
  return <div ref={box} class={`plot ${name}`} role="img" aria-label={summary} />;
};
