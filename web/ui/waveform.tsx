import "./waveform.css";

const NOT_YET = [[0], [0]];

/** Bars of one lane as an SVG path over `width` x `height` units; silence is a dot. Peaks are 0 to 100. */
export function lanePath(peaks: number[], width: number, height: number): string {
  const step = width / peaks.length;
  return peaks
    .map((peak, i) => {
      const bar = Math.max(0.4, (Math.min(100, peak) / 100) * (height - 2));
      return `M${((i + 0.5) * step).toFixed(1)} ${((height - bar) / 2).toFixed(1)}v${bar.toFixed(1)}`;
    })
    .join("");
}

/** `count` peaks from many, each the loudest of its stretch. */
export function resampled(peaks: number[], count: number): number[] {
  if (peaks.length === 0) return Array<number>(count).fill(0);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * peaks.length) / count));
    return Math.max(...peaks.slice(from, to));
  });
}

/** One lane's drawing; the class gives it its colour. */
export const Lane = ({
  peaks,
  width,
  height,
  class: name = "",
}: {
  peaks: number[];
  width: number;
  height: number;
  class?: string;
}) => (
  <svg
    class={`wv ${name}`}
    viewBox={`0 0 ${width} ${height}`}
    preserveAspectRatio="none"
    stroke-width="2"
    aria-hidden="true"
  >
    <path vector-effect="non-scaling-stroke" d={lanePath(peaks, width, height)} />
  </svg>
);

/** The list's waveform: the agent above, the customer below; one lane when only one voice was recorded. */
export const Glance = ({ glance, loud }: { glance: number[][] | undefined; loud?: boolean }) => {
  const lanes = glance && glance.length > 0 ? glance : NOT_YET;
  return (
    <span class={`mw${loud ? " loud" : ""}`} aria-hidden="true">
      {lanes.map((peaks) => (
        <Lane peaks={resampled(peaks, 19)} width={56} height={15} />
      ))}
    </span>
  );
};
