import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Clip, Recording } from "#contract";
import { uuidv7 } from "../../../ui/uuid.ts";
import { useWork } from "../../../ui/work.ts";
import { library } from "../api.ts";
import type { Stretch } from "./silence.ts";

/** Seconds that a clip has at the most, at the least, and at first. */
export const [LONGEST, SHORTEST, USUAL] = [60, 1, 30];

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** A clip whose beginning moves to `from`: the end goes along when it would get too long or too short. */
export function withFrom({ to }: Stretch, from: number, all: number): Stretch {
  const start = within(from, 0, Math.max(0, all - SHORTEST));
  return { from: start, to: within(to, Math.min(all, start + SHORTEST), Math.min(all, start + LONGEST)) };
}

/** A clip whose end moves to `to`: the beginning goes along when it would get too long or too short. */
export function withTo({ from }: Stretch, to: number, all: number): Stretch {
  const end = within(to, Math.min(all, SHORTEST), all);
  return { from: within(from, Math.max(0, end - LONGEST), Math.max(0, end - SHORTEST)), to: end };
}

export type Clipping = ReturnType<typeof useClips>;

/** The examples of a recording, and the one that is being chosen. */
export function useClips({ callId, durationSeconds: all }: Recording) {
  const [clips, setClips] = useState<Clip[]>([]);
  const [choice, setChoice] = useState<Stretch | null>(null);
  const [kept, setKept] = useState(false);
  const { busy, problem, work } = useWork();
  useLayoutEffect(() => {
    library.clips().then(
      ({ items }) => setClips(items.filter((one) => one.callId === callId)),
      // without them it can be listened to all the same
      () => undefined,
    );
  }, [callId]);
  /** Begins to choose, with half a minute from here on. */
  const begin = (at: number): void => {
    setKept(false);
    setChoice(withFrom({ from: at, to: at + USUAL }, Math.min(at, Math.max(0, all - USUAL)), all));
  };
  const keep = (title: string): Promise<boolean> =>
    work(async () => {
      if (!choice) return;
      const [fromMs, toMs] = [Math.round(choice.from * 1000), Math.round(choice.to * 1000)];
      const clip = await library.clip(callId, { id: uuidv7(), title, fromMs, toMs });
      setClips((now) => [clip, ...now]);
      setChoice(null);
      setKept(true);
    });
  const remove = (id: string): Promise<boolean> =>
    work(async () => {
      await library.unclip(id);
      setClips((now) => now.filter((one) => one.id !== id));
    });
  return {
    clips,
    choice,
    kept,
    busy,
    problem,
    begin,
    cancel: () => setChoice(null),
    setFrom: (from: number) => setChoice((now) => now && withFrom(now, from, all)),
    setTo: (to: number) => setChoice((now) => now && withTo(now, to, all)),
    keep,
    remove,
  };
}
