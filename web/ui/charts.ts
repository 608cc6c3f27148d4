import uPlot from "uplot";
import { token } from "./theme.ts";

export const font = (weight = 400): string => `${weight} 12px ${token("font")}`;
export const axis = (more: uPlot.Axis): uPlot.Axis => ({
  stroke: token("faint"),
  font: font(),
  ticks: { show: false },
  grid: { stroke: token("line"), width: 1 },
  ...more,
});
export const bars = (size: number, widest: number, radius: number): uPlot.Series.PathBuilder => {
  const build = uPlot.paths.bars;
  if (!build) throw new Error("this uPlot draws no bars");
  return build({ size: [size, widest], radius });
};
export const columns = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
/** A bar of 0 would still draw its outline. */
export const noZero = (values: number[]): (number | null)[] => values.map((value) => value || null);
export const base = (box: HTMLElement): Pick<uPlot.Options, "width" | "height" | "legend" | "cursor"> => ({
  width: box.clientWidth,
  height: box.clientHeight,
  legend: { show: false },
  cursor: { show: false },
});

/** At most four steps of a round number that reach over `highest`. */
export function gridSteps(highest: number): number[] {
  const rough = Math.max(1, highest / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 3, 4, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough;
  return columns(Math.ceil(Math.max(highest, 1) / step) + 1).map((n) => n * Math.ceil(step));
}

export function onCanvas(
  plot: uPlot,
  paint: (canvas: CanvasRenderingContext2D, ratio: number) => void,
): void {
  plot.ctx.save();
  paint(plot.ctx, devicePixelRatio);
  plot.ctx.restore();
}
