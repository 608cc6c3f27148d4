import type { Plugin } from "vite";

/**
 * What uPlot carries for charts that the pages do not draw, each as it stands in its source: axes of dates (the boards'
 * are hours and whole days, whose names they write themselves), legends, a cursor, steps and splines, joined tables.
 */
const UNUSED: [source: string, instead: string][] = [
  ["let isTime = sc.time;", "let isTime = false;"],
  ["let isTime = mode == 1 && scales[s.scale].time;", "let isTime = false;"],
  ["const [ timeIncrsMs, _timeAxisStampsMs, timeAxisSplitsMs ] = genTimeStuffs(1);", ""],
  ["const [ timeIncrsS,  _timeAxisStampsS,  timeAxisSplitsS  ] = genTimeStuffs(1e-3);", ""],
  [
    "const _timeAxisSplits = (ms == 1 ? timeAxisSplitsMs(_tzDate) : timeAxisSplitsS(_tzDate));",
    "const _timeAxisSplits = null;",
  ],
  [
    "const _timeAxisVals   = timeAxisVals(_tzDate, timeAxisStamps((ms == 1 ? _timeAxisStampsMs : _timeAxisStampsS), _fmtDate));",
    "",
  ],
  ["const _timeSeriesVal  = timeSeriesVal(_tzDate, timeSeriesStamp(_timeSeriesStamp, _fmtDate));", ""],
  ["uPlot.fmtDate = fmtDate;", ""],
  ["uPlot.tzDate  = tzDate;", ""],
  ["const showLegend = legend.show;", "const showLegend = false;"],
  ["const showCursor =                cursor.show;", "const showCursor = false;"],
  ["updateCursor(null, _fire, _pub);", ""],
  ["events.mousedown = mouseDown;", ""],
  ["events.mousemove = mouseMove;", ""],
  ["events.mouseup = mouseUp;", ""],
  ["events.dblclick = dblClick;", ""],
  ["sc.distr == 3 ? logAxisSplits : sc.distr == 4 ? asinhAxisSplits : numAxisSplits", "numAxisSplits"],
  ["(paths.stepped = stepped);", ""],
  ["(paths.spline  = monotoneCubic);", ""],
  ["uPlot.join = join;", ""],
];

/** Leaves out of the build what no chart of the pages uses of uPlot: a fifth of it. */
export function chartsAsDrawn(): Plugin {
  return {
    name: "charts-as-drawn",
    apply: "build",
    transform: {
      filter: { id: /uPlot\.esm\.js/ },
      handler(code) {
        let kept = code;
        for (const [source, instead] of UNUSED) {
          if (!code.includes(source)) this.error(`uPlot has changed: «${source}» is not in it`);
          kept = kept.replaceAll(source, instead);
        }
        return { code: kept, map: null };
      },
    },
  };
}
