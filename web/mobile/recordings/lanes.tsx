import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Problem, Recording } from "#contract";
import { api, problemOf } from "../../api.ts";
import { recordings as texts } from "../../i18n/recordings.ts";
import { clockLength } from "../../ui/format.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { Lane, resampled } from "../../ui/waveform.tsx";
import type { Silenced } from "./transcript.ts";

const BARS = 110;
const [WIDTH, HEIGHT] = [330, 48];

/** The recording's peaks; its glance stands in until they are here. */
function usePeaks({ callId, glance }: Recording): { peaks: number[][]; problem: Problem | null } {
  const [peaks, setPeaks] = useState(glance);
  const [problem, setProblem] = useState<Problem | null>(null);
  useLayoutEffect(() => {
    api.peaks(callId).then(
      (found) => setPeaks(found.peaks),
      (error: unknown) => setProblem(problemOf(error)),
    );
  }, [callId]);
  return { peaks, problem };
}

const percent = (part: number): string => `${Math.min(100, part * 100)}%`;

type Props = { recording: Recording; at: number; seek: (seconds: number) => void; silenced: Silenced[] };

/** The two voices over time: played in full colour, the rest pale. A tap or drag seeks; so do the arrow keys. */
export const Lanes = ({ recording, at, seek, silenced }: Props) => {
  const { peaks, problem } = usePeaks(recording);
  const all = recording.durationSeconds;
  const played = percent(all > 0 ? at / all : 0);
  const point = (event: PointerEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    if (event.type === "pointerdown" || event.buttons === 1)
      seek(((event.clientX - box.left) / box.width) * all);
  };
  return (
    <div>
      <div
        class="lanes"
        style={{ "--p": played }}
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
          </div>
        ))}
        {silenced.map(({ from, to }) => (
          <span
            class="hatch"
            aria-hidden="true"
            style={{ "--from": percent(from / all), "--to": percent(to / all) }}
          />
        ))}
        <span class="head" />
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
      {problem ? <Trouble problem={problem} /> : null}
    </div>
  );
};
