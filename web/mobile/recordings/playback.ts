import { useRef, useState } from "hono/jsx/dom";
import type { Recording } from "#contract";

const SPEEDS = [1, 1.25, 1.5, 2];
/** Seconds of the two skip buttons and of the arrow keys. */
export const SKIP = 10;

export type Playback = ReturnType<typeof usePlayback>;

/** Plays one recording; seconds throughout. Nothing is fetched before the first play or seek. */
export function usePlayback({ durationSeconds }: Recording) {
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const [failed, setFailed] = useState(false);

  const seek = (to: number): void => {
    const within = Math.min(durationSeconds, Math.max(0, to));
    setAt(within);
    if (audio.current) audio.current.currentTime = within;
  };
  const play = (element: HTMLAudioElement): void => {
    setFailed(false);
    element.playbackRate = speed;
    // an aborted play is one that the person stopped; everything else shows as a failure
    element
      .play()
      .catch((error: unknown) => setFailed(!(error instanceof DOMException && error.name === "AbortError")));
  };
  const toggle = (): void => {
    const element = audio.current;
    if (element?.paused) play(element);
    else element?.pause();
  };
  /** Lets it be heard from there on. */
  const hear = (from: number): void => {
    seek(from);
    if (audio.current?.paused) play(audio.current);
  };
  const faster = (): void => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };
  const key = (event: KeyboardEvent): void => {
    // a letter is written, not played
    if (event.target instanceof HTMLTextAreaElement) return;
    const onButton = event.target instanceof HTMLElement && event.target.closest("button,a") !== null;
    if (event.key === " " && !onButton) toggle();
    else if (event.key === "ArrowLeft") seek(at - SKIP);
    else if (event.key === "ArrowRight") seek(at + SKIP);
    else if (event.key === "Home") seek(0);
    else return;
    event.preventDefault();
  };
  const events = {
    onTimeUpdate: () => setAt(audio.current?.currentTime ?? 0),
    onPlay: () => setPlaying(true),
    onPause: () => setPlaying(false),
    onEnded: () => setPlaying(false),
    onError: () => setFailed(true),
  };
  return { audio, at, playing, speed, failed, seek, toggle, hear, faster, key, events };
}
