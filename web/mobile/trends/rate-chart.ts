import uPlot from "uplot";
import { count, dayAndMonth, tinyDay } from "../../ui/format.ts";
import { axis, bars, base, columns, font, noZero, onCanvas } from "../../ui/charts.ts";
import type { Draw } from "../../ui/plot.tsx";
import { token } from "../../ui/theme.ts";
import { percent, stepShares } from "../figures/written.ts";
import { lastOf, namedDays, peakOf, shareSteps } from "./rolling.ts";

/** A success rate by day, and the one of the period before laid under it. */
export type RateLine = { days: string[]; now: (number | null)[]; before: (number | null)[] };
export type DailyCalls = { days: string[]; calls: number[] };

/** Room for the value at the end of a line, left and right of both plots, so that they stand under each other. */
const LEFT = 54;
const RIGHT = 60;
const label = (share: number): string => percent(share, 1);

const dayAxis = (days: string[], show = true): uPlot.Axis =>
  axis({
    show,
    grid: { show: false },
    splits: () => namedDays(days),
    values: (_, at) =>
      at.map((i) => (days.length <= 7 ? tinyDay(days[i] ?? "") : dayAndMonth(days[i] ?? ""))),
    size: 26,
    gap: 6,
  });

type Mark = { values: (number | null)[]; colour: string };

/** The dot and the value at the end of each line, and the value of the peak, without one over the other. */
const labels =
  ({ now, before }: RateLine) =>
  (plot: uPlot): void =>
    onCanvas(plot, (canvas, ratio) => {
      const marks: Mark[] = [
        { values: now, colour: "accent" },
        { values: before, colour: "faint" },
      ];
      const ends = marks
        .map(({ values, colour }) => ({ i: lastOf(values), values, colour }))
        .filter(({ i }) => i >= 0)
        .map((mark) => ({ ...mark, value: mark.values[mark.i] ?? 0 }))
        .map((mark) => ({ ...mark, y: plot.valToPos(mark.value, "y", true) }));
      const [a, b] = ends;
      const near = a && b && Math.abs(a.y - b.y) < 15 * ratio ? 15 * ratio - Math.abs(a.y - b.y) : 0;
      canvas.font = `600 ${12 * ratio}px ${token("font")}`;
      canvas.textBaseline = "middle";
      ends.forEach(({ i, value, y, colour }, n) => {
        const x = plot.valToPos(i, "x", true);
        const above = n === 0 ? (a?.y ?? 0) <= (b?.y ?? 0) : (b?.y ?? 0) < (a?.y ?? 0);
        canvas.fillStyle = token(colour);
        canvas.beginPath();
        canvas.arc(x, y, 3.5 * ratio, 0, 2 * Math.PI);
        canvas.fill();
        canvas.textAlign = "left";
        canvas.fillText(label(value), x + 9 * ratio, y + (above ? -near : near) / 2);
      });
      const peak = peakOf(now);
      // one at the end has its value beside it
      if (peak < 0 || peak === lastOf(now)) return;
      canvas.textAlign = peak < now.length * 0.1 ? "left" : peak > now.length * 0.9 ? "right" : "center";
      canvas.fillStyle = token("accent");
      const y = plot.valToPos(now[peak] ?? 0, "y", true);
      canvas.fillText(label(now[peak] ?? 0), plot.valToPos(peak, "x", true), y - 11 * ratio);
    });

/** At least four points of a hundred, so that a line that hardly moves does not look like mountains. */
function roomy(low: number, high: number): [low: number, high: number] {
  const middle = (low + high) / 2;
  return [Math.max(0, Math.min(low, middle - 0.02)), Math.min(1, Math.max(high, middle + 0.02))];
}

/** The rate of each day as a line, the period before dashed. Its axis need not begin at 0: it is labelled. */
export const drawRate: Draw<RateLine> = (box, line) => {
  const values = [...line.now, ...line.before].filter((value) => value !== null);
  const steps = shareSteps(...roomy(Math.min(...values), Math.max(...values)));
  const [low = 0, high = 1] = [steps[0], steps.at(-1)];
  const options: uPlot.Options = {
    ...base(box),
    padding: [16, RIGHT, 0, 0],
    scales: {
      x: { time: false, range: [-0.5, Math.max(1, line.days.length - 1) + 0.5] },
      y: { range: [low, high] },
    },
    axes: [
      dayAxis(line.days),
      axis({
        splits: () => steps,
        values: () => stepShares(steps),
        size: LEFT,
        gap: 6,
      }),
    ],
    series: [
      {},
      { stroke: token("faint"), width: 1.5, dash: [4, 4], points: { show: false } },
      { stroke: token("accent"), width: 2, points: { show: line.days.length <= 7, size: 6 } },
    ],
    hooks: { draw: [labels(line)] },
  };
  return new uPlot(options, [columns(line.days.length), line.before, line.now], box);
};

/** Calls of each day as low bars under the line, the highest with its number. */
export const drawCalls: Draw<DailyCalls> = (box, { days, calls }) => {
  const last = Math.max(1, days.length - 1);
  const peak = peakOf(calls);
  const most = (plot: uPlot): void =>
    onCanvas(plot, (canvas, ratio) => {
      const [x, y] = [plot.valToPos(peak, "x", true), plot.valToPos(calls[peak] ?? 0, "y", true)];
      canvas.font = font(600).replace("12px", `${12 * ratio}px`);
      canvas.fillStyle = token("soft");
      canvas.textAlign = peak < last * 0.1 ? "left" : peak > last * 0.9 ? "right" : "center";
      canvas.textBaseline = "alphabetic";
      canvas.fillText(count(calls[peak] ?? 0), x, y - 4 * ratio);
    });
  const options: uPlot.Options = {
    ...base(box),
    padding: [16, RIGHT, 0, LEFT],
    scales: { x: { time: false, range: [-0.5, last + 0.5] }, y: { range: [0, Math.max(1, ...calls)] } },
    axes: [dayAxis(days, false), axis({ show: false })],
    series: [{}, { fill: token("fill"), width: 0, paths: bars(0.72, 24, 0.16), points: { show: false } }],
    hooks: { draw: [most] },
  };
  return new uPlot(options, [columns(days.length), noZero(calls)], box);
};
