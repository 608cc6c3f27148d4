import { useLayoutEffect, useRef } from "hono/jsx/dom";
import type uPlot from "uplot";
import { useTheme } from "./theme.ts";

/** Draws its data into a box. */
export type Draw<T> = (box: HTMLElement, data: T) => uPlot;

type Props<T> = {
  /** Charts arrive beside the page, not before it. */
  draw: Promise<Draw<T>>;
  data: T;
  summary: string;
  class?: string;
};

/** A chart in a box of fixed height; drawn again when its data, the theme or the width change. */
export function Plot<T>({ draw, data, summary, class: name = "" }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const shape = JSON.stringify(data);
  const plot = useRef<uPlot>(null);
  useLayoutEffect(() => {
    let gone = false;
    const again = async (): Promise<void> => {
      const drawn = await draw;
      if (gone || !box.current || box.current.clientWidth === 0) return;
      const before = plot.current;
      plot.current = drawn(box.current, data);
      before?.destroy();
    };
    // its first report comes once the box is in the page and has a width
    const resized = new ResizeObserver(() => void again());
    if (box.current) resized.observe(box.current);
    return () => {
      gone = true;
      resized.disconnect();
    };
  }, [shape, theme]);
  useLayoutEffect(() => () => plot.current?.destroy(), []);
  return <div ref={box} class={`plot ${name}`} role="img" aria-label={summary} />;
}
