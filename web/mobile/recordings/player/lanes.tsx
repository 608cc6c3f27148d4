import type { Child } from "hono/jsx/dom";
import type { Gap, Problem, Recording } from "#contract";
import { player } from "../../../i18n/player.ts";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { clockLength, length } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { Trouble } from "../../../ui/trouble.tsx";
import { Lane, resampled } from "../../../ui/waveform.tsx";
import { silencedOf, lostOf } from "./sound.ts";
import "./lanes.css";

const BARS = 110;
const [WIDTH, HEIGHT] = [330, 48];

/** Where a moment stands on the lanes, as CSS. */
export const place = (seconds: number, all: number): string =>
  `${Math.min(100, Math.max(0, all > 0 ? (seconds / all) * 100 : 0))}%`;

type Props = {
  recording: Recording;
  peaks: number[][];
  problem: Problem | null;
  at: number;
  seek: (seconds: number) => void;
  gaps: Gap[];
  /** What stands over the lanes: marks, and a clip's handles. */
  children?: Child;
};

/** A stretch of one lane that was not captured; its words stand below. */
const Lost = ({ gap: { from, to }, all }: { gap: Gap; all: number }) => (
  <span class="lost" style={{ "--from": place(from, all), "--to": place(to, all) }} />
);

/** What is missing of a voice, in words: how much of it, and from when on. */
const Missing = ({ gaps }: { gaps: Gap[] }) => {
  const [first] = gaps;
  if (!first) return null;
  const seconds = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  const sides = new Set(gaps.map(({ side }) => side));
  const whose = sides.size > 1 ? "both" : first.side;
  return (
    <p class="missing sm warn" data-missing={whose}>
      <Icon name="warning" small />
      {player.missing[whose](length(Math.max(1, seconds)), clockLength(first.from))}
    </p>
  );
};

/** The two voices over time: played in full colour, the rest pale. A tap or drag seeks. */
export const Lanes = ({ recording, peaks, problem, at, seek, gaps, children }: Props) => {
  const all = recording.durationSeconds;
  const lost = lostOf(gaps);
  const point = (event: PointerEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    if (event.type === "pointerdown" || event.buttons === 1)
      seek(((event.clientX - box.left) / box.width) * all);
  };
  return (
    <div>
      <div class="over-lanes">
        <div
          class="lanes"
          style={{ "--p": place(at, all) }}
          role="slider"
          tabindex={0}
          aria-label={texts.position}
          aria-valuemin={0}
          aria-valuemax={Math.round(all)}
          aria-valuenow={Math.round(at)}
          aria-valuetext={texts.positionNow(clockLength(at), clockLength(all))}
          onPointerDown={point}
          onPointerMove={point}
        >
          {peaks.map((lane, i) => (
            <div class={`lane ${i === 0 ? "agent-voice" : "customer-voice"}`}>
              <Lane class="dim" peaks={resampled(lane, BARS)} width={WIDTH} height={HEIGHT} />
              <Lane class="on" peaks={resampled(lane, BARS)} width={WIDTH} height={HEIGHT} />
              {lost
                .filter(({ side }) => side === "both" || side === (i === 0 ? "agent" : "customer"))
                .map((gap) => (
                  <Lost gap={gap} all={all} />
                ))}
            </div>
          ))}
          {silencedOf(gaps).map(({ from, to }) => (
            <span
              class="hatch"
              aria-hidden="true"
              style={{ "--from": place(from, all), "--to": place(to, all) }}
            />
          ))}
          <span class="head" />
        </div>
        {children}
      </div>
      <div class="h sb xs under">
        <span class="b">{clockLength(at)}</span>
        {peaks.length > 1 ? (
          <span class="key">
            <span>
              <i class="c-accent" />
              {texts.agent}
            </span>
            <span>
              <i class="c-ok" />
              {texts.customer}
            </span>
          </span>
        ) : (
          <span class="faint">{texts.mono}</span>
        )}
        <span class="faint">−{clockLength(Math.max(0, all - at))}</span>
      </div>
      <Missing key={lost.length} gaps={lost} />
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </div>
  );
};
