import { useRef, useState } from "hono/jsx/dom";
import type { Recording } from "#contract";
import { createStore, useStore } from "../../../ui/store.ts";
import { afterSilence, type Stretch } from "./silence.ts";

export const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];
/** Seconds of the two skip buttons and of the keys J and L. */
export const SKIP = 10;
/** Seconds of the arrow keys. */
export const STEP = 5;

/** How this person listens: stays from one recording to the next. */
const listening = createStore({ speed: 1, skipping: false });

export type Playback = ReturnType<typeof usePlayback>;

/** Plays one recording; seconds throughout. Nothing is fetched before the first play or seek. */
export function usePlayback({ durationSeconds }: Recording, silences: Stretch[]) {
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const { speed, skipping } = useStore(listening);
  /** Where it stops by itself, e.g. at the end of a clip that is tried out. */
  const until = useRef<number | null>(null);

  const seek = (to: number): void => {
    const within = Math.min(durationSeconds, Math.max(0, to));
    until.current = null;
    setAt(within);
    if (audio.current) audio.current.currentTime = within;
  };
  const play = (): void => {
    const element = audio.current;
    if (!element) return;
    setFailed(false);
    element.playbackRate = speed;
    // an aborted play is one that the person stopped; everything else shows as a failure
    element
      .play()
      .catch((error: unknown) => setFailed(!(error instanceof DOMException && error.name === "AbortError")));
  };
  const toggle = (): void => {
    if (audio.current?.paused) play();
    else audio.current?.pause();
  };
  /** Lets it be heard from there on, or only up to `to`. */
  const hear = (from: number, to: number | null = null): void => {
    seek(from);
    until.current = to;
    if (audio.current?.paused) play();
  };
  const setSpeed = (next: number): void => {
    listening.set({ ...listening.get(), speed: next });
    if (audio.current) audio.current.playbackRate = next;
  };
  /** One step faster or slower; at the end of the scale it stays. */
  const changeSpeed = (steps: 1 | -1): void =>
    setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(speed) + steps))] ?? 1);
  /** The next speed, and after the fastest the slowest. */
  const nextSpeed = (): void => setSpeed(SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1);
  const skipSilence = (on: boolean): void => listening.set({ ...listening.get(), skipping: on });

  const onTimeUpdate = (): void => {
    const element = audio.current;
    if (!element) return;
    const now = element.currentTime;
    const end = until.current ?? null;
    const jump = skipping && end === null && !element.paused ? afterSilence(silences, now) : null;
    if (jump !== null) element.currentTime = jump;
    if (end !== null && now >= end) {
      until.current = null;
      element.pause();
    }
    setAt(jump ?? now);
  };
  const events = {
    onTimeUpdate,
    onPlay: () => setPlaying(true),
    onPause: () => setPlaying(false),
    onEnded: () => setPlaying(false),
    onError: () => setFailed(true),
  };
  return {
    audio,
    at,
    playing,
    speed,
    skipping,
    failed,
    seek,
    toggle,
    hear,
    changeSpeed,
    nextSpeed,
    skipSilence,
    events,
  };
}
