import type { SpeechModel, SttEvent } from "../ports.ts";
import { sherpaEngine, type SherpaOptions } from "./sherpa.ts";

/** A model of 650 MB on a slow disk takes its time. */
const LOADS_MS = 120_000;
const RATE = 16_000;
const SECONDS = 4;
const CHUNK = RATE / 10;

/** What a model needs here: to be loaded, in milliseconds, and for a second of sound, in seconds. */
export type Probed = { loadMs: number; realTimeFactor: number };

/**
 * Loads a model in a process of its own and lets it listen to some seconds of a made-up sound.
 * @returns null for files that are no model that this recogniser can load
 */
export async function probe(model: SpeechModel, options: SherpaOptions = {}): Promise<Probed | null> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const beganMs = performance.now();
  const onEvent = ({ kind }: SttEvent) => {
    if (kind === "ready") resolve(true);
    if (kind === "error") resolve(false);
  };
  const session = sherpaEngine({ ...options, restartWaits: [] }).open({ model, sampleRate: RATE, onEvent });
  const timer = setTimeout(() => resolve(false), LOADS_MS);
  try {
    if (!(await promise)) return null;
    const loadMs = performance.now() - beganMs;
    const startMs = performance.now();
    const sound = murmur();
    for (let at = 0; at < sound.length; at += CHUNK)
      session.push("customer", sound.subarray(at, at + CHUNK), (at / RATE) * 1000);
    await session.flush(LOADS_MS);
    const dead = session.workerPid() === undefined;
    return dead ? null : { loadMs, realTimeFactor: (performance.now() - startMs) / 1000 / SECONDS };
  } finally {
    clearTimeout(timer);
    await session.close();
  }
}

/** Something that passes for speech: loud, with pauses, the same every time. */
function murmur(): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: RATE * SECONDS }, (_, i) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const voice = Math.sin((2 * Math.PI * 140 * i) / RATE) + Math.sin((2 * Math.PI * 700 * i) / RATE);
    const loud = (i / RATE) % 1 < 0.8 ? 1 : 0;
    return loud * (5_000 * voice + (seed / 2_147_483_648 - 0.5) * 4_000);
  });
}
