import uPlot from "uplot";
import { t } from "../../i18n/index.ts";
import { axis, bars, base, columns, gridSteps, noZero, onCanvas } from "../../ui/charts.ts";
import { count } from "../../ui/format.ts";
import type { Draw } from "../../ui/plot.tsx";
import { token } from "../../ui/theme.ts";

/** Numbers of a chart; `x` labels its columns. */
type Series = {
  x: string[];
  bars: number[];
  inside?: number[];
  before?: number[];
  until?: number;
  tone?: "fill" | "ok";
};

/** Ticks of the week before over the bars; those of hours still to come are faint. */
const ticksBefore =
  ({ before = [], until = 24 }: Series) =>
  (plot: uPlot) =>
    onCanvas(plot, (canvas, ratio) => {
      const half = Math.min(34 * ratio, (plot.bbox.width / 24.2) * 0.74) / 2;
      canvas.lineCap = "round";
      before.forEach((value, hour) => {
        if (!value) return;
        const x = plot.valToPos(hour, "x", true);
        const y = plot.valToPos(value, "y", true);
        for (const [colour, width] of [
          ["card", 5],
          [hour > until ? "faint" : "text", 2],
        ] as const) {
          canvas.strokeStyle = token(colour);
          canvas.lineWidth = width * ratio;
          canvas.beginPath();
          canvas.moveTo(x - half, y);
          canvas.lineTo(x + half, y);
          canvas.stroke();
        }
      });
    });

/** Calls by hour, the sales inside. */
export const drawHours: Draw<Series> = (box, series) => {
  const steps = gridSteps(Math.max(...series.bars, ...(series.before ?? [])));
  const path = bars(0.74, 34, 0.22);
  const options: uPlot.Options = {
    ...base(box),
    padding: [10, 8, 0, 0],
    scales: { x: { time: false, range: [-0.6, 23.6] }, y: { range: [0, (steps.at(-1) ?? 1) * 1.04] } },
    axes: [
      axis({
        grid: { show: false },
        splits: () => [0, 4, 8, 12, 16, 20],
        values: (_, at) => at.map((h) => t.panel.hour(String(h))),
        size: 26,
        gap: 6,
      }),
      axis({ splits: () => steps, values: (_, at) => at.map(count), size: 34, gap: 6 }),
    ],
    series: [
      {},
      { fill: token("fill"), width: 0, paths: path, points: { show: false } },
      { fill: token("ok"), width: 2, stroke: token("card"), paths: path, points: { show: false } },
    ],
    hooks: { draw: [ticksBefore(series)] },
  };
  return new uPlot(options, [columns(24), noZero(series.bars), noZero(series.inside ?? [])], box);
};

/** The number over each bar; today's is strong. */
const labels =
  ({ bars: values }: Series) =>
  (plot: uPlot) =>
    onCanvas(plot, (canvas, ratio) => {
      canvas.textAlign = "center";
      canvas.textBaseline = "alphabetic";
      values.forEach((value, i) => {
        const last = i === values.length - 1;
        canvas.font = `${last ? 600 : 500} ${12 * ratio}px ${token("font")}`;
        canvas.fillStyle = token(last ? "text" : value ? "soft" : "faint");
        canvas.fillText(
          value ? count(value) : t.none,
          plot.valToPos(i, "x", true),
          plot.valToPos(value, "y", true) - 5 * ratio,
        );
      });
    });

/** Calls or sales of the last days; today's bar is not whole yet. */
export const drawWeek: Draw<Series> = (box, series) => {
  const colour = token(series.tone ?? "fill");
  const path = bars(0.62, 30, 0.16);
  const last = series.bars.length - 1;
  const only = (keep: (i: number) => boolean): (number | null)[] =>
    series.bars.map((v, i) => (v && keep(i) ? v : null));
  const options: uPlot.Options = {
    ...base(box),
    padding: [16, 4, 0, 4],
    scales: { x: { time: false, range: [-0.5, last + 0.5] }, y: { range: [0, Math.max(1, ...series.bars)] } },
    axes: [
      axis({
        grid: { show: false },
        size: 24,
        gap: 5,
        splits: () => columns(last + 1),
        values: () => series.x,
      }),
      axis({ show: false }),
    ],
    series: [
      {},
      { fill: colour, width: 0, paths: path, points: { show: false } },
      { stroke: colour, width: 2, dash: [3, 3], fill: `${colour}26`, paths: path, points: { show: false } },
    ],
    hooks: { draw: [labels(series)] },
  };
  return new uPlot(options, [columns(last + 1), only((i) => i < last), only((i) => i === last)], box);
};
