import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Card, Found } from "#contract";
import { json } from "../api.ts";
import type { Said } from "./hearing.ts";

/** The approved answer to some words, found while nobody asked. */
export type Hint = { text: string; card: Card | null };

/**
 * Looks for the card of whatever the customer has said, so that it is there when somebody asks. It shows nothing by
 * itself, and a failure is nobody's trouble: the question itself brings the card as well.
 */
export function useHint(said: Said | null, context: string | undefined): Hint | null {
  const [hint, setHint] = useState<Hint | null>(null);
  const stop = useRef<AbortController>(null);
  const text = said?.text ?? "";
  useLayoutEffect(() => {
    stop.current?.abort();
    if (text === "") return setHint(null);
    const abort = new AbortController();
    stop.current = abort;
    const { signal } = abort;
    json<Found>(
      "POST",
      "/api/copilot/find",
      { text, ...(context !== undefined && { context }) },
      { signal },
    ).then(
      ({ card }) => signal.aborted || setHint({ text, card }),
      () => undefined,
    );
  }, [text, context]);
  return hint?.text === text ? hint : null;
}
