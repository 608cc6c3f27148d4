import { useRef, useState } from "hono/jsx/dom";
import type { Ask, AskEvent, Card, Done, Problem } from "#contract";
import { problemOf, request } from "../api.ts";
import { assist } from "../i18n/assist.ts";
import { serverEvents } from "../sse.ts";

/** One question and what has come back so far. */
export type Answer = {
  text: string;
  step: "asked" | "writing" | "done" | "failed";
  card: Card | null;
  suggestion: string;
  done: Done | null;
  /** What to do instead, when the model gave no answer. */
  problem: Pick<Problem, "code" | "hint"> | null;
};

/** The answer after one event of the stream. */
export function answered(answer: Answer, { event, data }: AskEvent): Answer {
  switch (event) {
    case "card":
      return { ...answer, card: data };
    case "token":
      return { ...answer, step: "writing", suggestion: answer.suggestion + data.text };
    case "done":
      return { ...answer, step: "done", done: data };
    case "error":
      return { ...answer, step: "failed", problem: data };
    default:
      return answer;
  }
}

/** Once a card is really on the screen the window's title says which: for screen readers, and to measure it. */
function tellPainted({ title }: Card): void {
  const tell = (): void => {
    performance.mark("card-painted");
    document.title = `${title} · CallManager`;
  };
  requestAnimationFrame(() => requestAnimationFrame(tell));
}

/** Asks the copilot, one question at a time; a new one ends the one before. */
export function useAsking() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const stop = useRef<AbortController>(null);

  const clear = (): void => {
    stop.current?.abort();
    setAnswer(null);
    document.title = `${assist.title} · CallManager`;
  };
  const ask = async (input: Ask): Promise<void> => {
    stop.current?.abort();
    const abort = new AbortController();
    stop.current = abort;
    let now: Answer = {
      text: input.text,
      step: "asked",
      card: null,
      suggestion: "",
      done: null,
      problem: null,
    };
    setAnswer(now);
    try {
      const { body } = await request("POST", "/api/copilot/ask", input, abort.signal);
      if (body === null) throw new TypeError("the answer has no body");
      for await (const { event, data } of serverEvents(body)) {
        if (abort.signal.aborted) return;
        now = answered(now, { event, data: JSON.parse(data) } as AskEvent);
        setAnswer(now);
        if (now.card && event === "card") tellPainted(now.card);
      }
      if (now.step === "asked" || now.step === "writing") throw new TypeError("the answer ended early");
    } catch (error) {
      if (abort.signal.aborted) return;
      const { code, hint } = problemOf(error);
      setAnswer({ ...now, step: "failed", problem: { code, hint } });
    }
  };
  return { answer, ask, clear };
}
