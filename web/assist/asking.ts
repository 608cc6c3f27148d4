import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Ask, AskEvent, AskFeedback, Card, Done, Problem } from "#contract";
import { api, problemOf, request } from "../api.ts";
import { serverEvents } from "../sse.ts";
import { uuidv7 } from "../ui/uuid.ts";

/** One question, what has come back so far, and what the person made of it. */
export type Answer = {
  id: string;
  text: string;
  step: "asked" | "writing" | "done" | "failed";
  card: Card | null;
  suggestion: string;
  done: Done | null;
  /** What to do instead, when the model gave no answer. */
  problem: Pick<Problem, "code" | "hint"> | null;
  copied: "approved" | "ai" | null;
  thumbs: "up" | "down" | null;
  /** Closed without copying, and said so. */
  dismissed: boolean;
};

const asked = (text: string, card: Card | null): Answer => ({
  id: uuidv7(),
  text,
  step: "asked",
  card,
  suggestion: "",
  done: null,
  problem: null,
  copied: null,
  thumbs: null,
  dismissed: false,
});

/** The answer after one event of the stream. */
export function answered(answer: Answer, { event, data }: AskEvent): Answer {
  switch (event) {
    case "card":
      return { ...answer, card: data };
    case "token":
      return { ...answer, step: "writing", suggestion: answer.suggestion + data.text };
    case "done":
      return { ...answer, step: "done", suggestion: data.text, done: data };
    case "error":
      return { ...answer, step: "failed", problem: data };
    default:
      return answer;
  }
}

/** Calls back once what has just been put on the page is really on the screen. */
const whenPainted = (painted: () => void): void =>
  void requestAnimationFrame(() => requestAnimationFrame(painted));

/** What became of an ask. It is for figures, so nobody is troubled when it does not arrive. */
async function report(id: string, feedback: AskFeedback): Promise<boolean> {
  try {
    await api.tellAsk(id, feedback);
    return true;
  } catch (error) {
    console.warn("the feedback did not arrive", error);
    return false;
  }
}

/** Asks the copilot, one question at a time; a new one ends the one before. */
export function useAsking() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const latest = useRef<Answer>(null);
  const stop = useRef<AbortController>(null);
  const title = useRef(document.title);

  const put = (next: Answer | null): void => {
    latest.current = next;
    setAnswer(next);
  };
  /** Changes the answer that is on show, unless another one has taken its place. */
  const change = (id: string, part: (now: Answer) => Answer): void => {
    if (latest.current?.id === id) put(part(latest.current));
  };

  /** `ready` is the card of these words, where it has been found before anybody asked. */
  const ask = async (input: Omit<Ask, "id">, ready: Card | null = null): Promise<void> => {
    stop.current?.abort();
    const abort = new AbortController();
    stop.current = abort;
    const startedAt = performance.now();
    const next = asked(input.text, ready);
    const { id } = next;
    put(next);
    let [shownMs, known] = [-1, false];
    // the server takes it only once it knows of the question
    const tell = (): void => void (known && shownMs >= 0 && report(id, { shownMs }));
    // the window's title says which card is shown: for screen readers, and to measure it
    const shown = ({ title: name }: Card): void => {
      if (latest.current?.id !== id || shownMs >= 0) return;
      performance.mark("card-painted");
      document.title = `${name} · CallManager`;
      shownMs = Math.min(600_000, Math.round(performance.now() - startedAt));
      tell();
    };
    if (ready) whenPainted(() => shown(ready));
    try {
      const { body } = await request("POST", "/api/copilot/ask", { ...input, id }, { signal: abort.signal });
      if (body === null) throw new TypeError("the answer has no body");
      for await (const { event, data } of serverEvents(body)) {
        if (abort.signal.aborted) return;
        const read = { event, data: JSON.parse(data) } as AskEvent;
        change(id, (now) => answered(now, read));
        if (!known) {
          known = true;
          tell();
        }
        if (read.event === "card") whenPainted(() => shown(read.data));
      }
      if (latest.current?.done === null && latest.current.problem === null)
        throw new TypeError("the answer ended early");
    } catch (error) {
      if (abort.signal.aborted) return;
      const { code, hint } = problemOf(error);
      change(id, (now) => ({ ...now, step: "failed", problem: { code, hint } }));
    }
  };

  /** What was copied. */
  const copied = (what: "approved" | "ai"): void => {
    const now = latest.current;
    if (!now) return;
    put({ ...now, copied: what });
    void report(now.id, { copied: what });
  };
  /** A thumb; pressed again it is taken back. */
  const rate = async (thumb: "up" | "down"): Promise<void> => {
    const now = latest.current;
    if (!now) return;
    const thumbs = now.thumbs === thumb ? null : thumb;
    put({ ...now, thumbs });
    if (!(await report(now.id, { thumbs }))) change(now.id, (then) => ({ ...then, thumbs: now.thumbs }));
  };
  /** The person looks away: what was shown and not copied was of no use. */
  const leave = (): void => {
    const now = latest.current;
    const shown = now !== null && (now.card !== null || now.suggestion !== "");
    if (!shown || now.copied !== null || now.dismissed) return;
    put({ ...now, dismissed: true });
    void report(now.id, { dismissed: true });
  };
  const clear = (): void => {
    leave();
    stop.current?.abort();
    put(null);
    document.title = title.current;
  };
  useLayoutEffect(() => clear, []);
  return { answer, ask, copied, rate, leave, clear };
}
