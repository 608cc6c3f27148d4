import type { Plugin } from "vite";

/** Parts of a package as they stand in its source, and what is built instead. */
type Unused = [source: string, instead: string][];

/**
 * What uPlot carries for charts that the pages do not draw: axes of dates (the boards' are hours and whole days, whose
 * names they write themselves), legends, a cursor, steps and splines, joined tables.
 */
const CHARTS: Unused = [
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

/** Of hono's JSX: what guards styles that are written as text (the browser's own `setProperty` takes no others) … */
const STYLES: Unused = [
  ["if (!isValidStylePropertyName(key)) continue;", ""],
  ["if (hasUnsafeStyleValue(v)) continue;", ""],
];
/** … names of attributes as React spells them … */
const NAMES: Unused = [["key = normalizeIntrinsicElementKey(key);", ""]];
/** … what tells requests apart that a server renders at once … */
const REQUESTS: Unused = [
  ["return readContextValueIn(getCurrentStore(), context);", "return context.values.at(-1);"],
];
/** … and the state of forms that React 19 sends, which every component would carry along. */
const FORMS: Unused = [
  ["const FormContext = createContext(", "const FormContext = /* @__PURE__ */ createContext("],
];

const PACKAGES: [file: RegExp, unused: Unused][] = [
  [/uPlot\.esm\.js$/, CHARTS],
  [/hono\/dist\/jsx\/utils\.js$/, STYLES],
  [/hono\/dist\/jsx\/dom\/render\.js$/, NAMES],
  [/hono\/dist\/jsx\/context\.js$/, REQUESTS],
  [/hono\/dist\/jsx\/dom\/hooks\/index\.js$/, FORMS],
];

/** Leaves out of the build what no page uses of its packages: a fifth of uPlot, a tenth of hono's JSX. */
export function onlyWhatIsUsed(): Plugin {
  return {
    name: "only-what-is-used",
    apply: "build",
    transform: {
      filter: { id: PACKAGES.map(([file]) => file) },
      handler(code, id) {
        const [file, unused] = PACKAGES.find(([file]) => file.test(id)) ?? [];
        let kept = code;
        for (const [source, instead] of unused ?? []) {
          if (!code.includes(source)) this.error(`${file} has changed: «${source}» is not in it`);
          kept = kept.replaceAll(source, instead);
        }
        return { code: kept, map: null };
      },
    },
  };
}
