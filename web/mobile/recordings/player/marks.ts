import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Mark, Me, Moment, Recording } from "#contract";
import { uuidv7 } from "../../../ui/uuid.ts";
import { useWork } from "../../../ui/work.ts";
import { library } from "../api.ts";
import { pointsOf } from "./points.ts";

export type Marking = ReturnType<typeof useMarks>;

/** A recording's marks, and what can be done with those of people. `changed` is told how many of these there are. */
export function useMarks(recording: Recording, me: Me, changed: (marks: number) => void) {
  const { callId, agentId } = recording;
  const [marks, setMarks] = useState<Mark[]>([]);
  const [moments, setMoments] = useState<Moment[]>([]);
  /** Whose details are open. */
  const [picked, setPicked] = useState<string | null>(null);
  /** Which one has just been made, and which one taken away: either can be undone. */
  const [made, setMade] = useState<string | null>(null);
  const [removed, setRemoved] = useState<Mark | null>(null);
  const { busy, problem, work } = useWork();
  const isNew = (mark: Mark): boolean => agentId === me.id && mark.by.id !== me.id && mark.seenAt === null;

  useLayoutEffect(() => {
    library.marks(callId).then(
      (found) => {
        setMarks(found.items);
        setMoments(found.moments);
        if (found.items.some(isNew)) void library.seen(callId).catch(() => undefined);
      },
      // without them it can be listened to all the same
      () => undefined,
    );
  }, [callId]);

  const take = (next: Mark[]): void => {
    setMarks(next);
    changed(next.length);
  };
  /** Marks a moment, in seconds. */
  const add = (at: number): Promise<boolean> =>
    work(async () => {
      const mark = { id: uuidv7(), kind: "flag" as const, atMs: Math.round(at * 1000), text: "" };
      const kept = await library.mark(callId, mark);
      take([...marks, kept]);
      setMade(kept.id);
      setPicked(kept.id);
      setRemoved(null);
    });
  const say = (mark: Mark, text: string): Promise<boolean> =>
    work(async () => {
      const kept = await library.changeMark(callId, mark.id, text);
      setMarks((now) => now.map((one) => (one.id === kept.id ? kept : one)));
      setMade(null);
      setPicked(null);
    });
  const remove = (mark: Mark): Promise<boolean> =>
    work(async () => {
      await library.unmark(callId, mark.id);
      take(marks.filter(({ id }) => id !== mark.id));
      setPicked(null);
      setRemoved(mark.id === made ? null : mark);
      setMade(null);
    });
  const putBack = (): Promise<boolean> =>
    work(async () => {
      if (!removed) return;
      const { kind, atMs, text } = removed;
      take([...marks, await library.mark(callId, { id: uuidv7(), kind, atMs, text })]);
      setRemoved(null);
    });
  const pick = (id: string | null): void => {
    setPicked(id);
    setMade(null);
  };
  const isOwn = (mark: Mark): boolean => mark.by.id === me.id;
  const points = pointsOf({ items: marks, moments }, recording);
  return { points, picked, made, removed, busy, problem, isNew, isOwn, pick, add, say, remove, putBack };
}
