import { type Child, useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Call, Me } from "#contract";
import { loadCopilot, useCopilot } from "../copilot.ts";
import { assist } from "../i18n/assist.ts";
import { outcome } from "../i18n/outcome.ts";
import { board } from "../live.ts";
import { copyText } from "../ui/clipboard.ts";
import { MoreIcon } from "../ui/more-icons.tsx";
import { useStore } from "../ui/store.ts";
import { outcomeName } from "../ui/disposition.tsx";
import { useOutcomes } from "../ui/outcomes.ts";
import { useWrapUp } from "../ui/use-wrap-up.ts";
import "../ui/keys.css";
import "./assist.css";
import "./said.css";
import { useAsking, type Answer } from "./asking.ts";
import { Foot } from "./foot.tsx";
import { atHand, forget, hearing, type Said } from "./hearing.ts";
import { useHint } from "./hint.ts";
import { hasKeyboard, usePanelKeys } from "./keys.ts";
import { CallLine } from "./parts.tsx";
import { PausedLine, PauseSaid } from "./recording.tsx";
import { AfterCall, Rest } from "./rest.tsx";
import { CustomerLine, SaidBlock, useEars } from "./said.tsx";
import { Shown } from "./shown.tsx";

/** Nine empty keys hold the place of those that are on their way. */
const noneYet = Array.from({ length: 9 }, (_, i) => ({ key: i + 1, label: "", text: "" }));

/** The call that has just ended and waits for its outcome. */
function waiting(calls: Call[]): Call | null {
  const last = calls.find(({ endedAt }) => endedAt !== null);
  return last && last.disposition === null && last.wrapUpEndedAt === null ? last : null;
}

function stateOf(call: Call | null, wrapUp: Call | null, answer: Answer | null): string {
  if (wrapUp) return "wrap-up";
  if (answer === null) return call ? "idle" : "no-call";
  if (answer.step === "failed") return "offline";
  return answer.step === "done" ? "done" : "streaming";
}

type Props = {
  me: Me;
  close: () => void;
  /** What else there is about a call in progress, while no answer is on show. */
  beside?: (call: Call) => Child;
};

/**
 * The copilot: in the panel's window, or in a sheet over the agent's day. `close` puts it out of sight.
 * `data-state`: no-call, idle, streaming, done, offline, wrap-up.
 */
export const Assist = ({ me, close, beside }: Props) => {
  const live = useStore(board);
  const heard = useStore(hearing);
  const input = useRef<HTMLInputElement>(null);
  const { answer, ask, copied, rate, leave, clear } = useAsking();
  const [choosing, setChoosing] = useState(false);
  const [later, setLater] = useState("");
  const [saved, setSaved] = useState("");
  /** The customer's words that the answer is for; null where she typed or pressed a key. */
  const [question, setQuestion] = useState<Said | null>(null);
  const [editing, setEditing] = useState(false);
  const call = live.calls.find(({ endedAt }) => endedAt === null) ?? null;
  const ended = call ? null : waiting(live.calls);
  const toMark = ended?.id === later ? null : ended;
  // they are there when the call ends
  useOutcomes(call);
  const wrapUp = useWrapUp(toMark, me.timeZone, (marked) => {
    clear();
    setLater(marked.id);
    setSaved(marked.disposition ? outcome.saved(outcomeName(marked)) : "");
  });
  const context = call?.campaign ?? undefined;
  const { status } = useCopilot(context, choosing);
  const objections = status?.objections ?? noneYet;
  const hint = useHint(heard.settled, context);
  const listening = useEars() === "listening";
  const latest = heard.guess ?? heard.settled;
  const quoted = answer === null ? latest : question;
  const quoting = answer !== null && question !== null && !editing;
  const focusInput = (): void => {
    if (hasKeyboard()) input.current?.focus();
  };
  const empty = (): void => {
    setEditing(false);
    if (input.current) input.current.value = "";
  };
  /** She has put it out of sight; what it showed is done with. */
  const gone = useRef(false);
  const away = (): void => {
    gone.current = true;
    leave();
    close();
  };

  const put = (text: string, said: Said | null = null): void => {
    empty();
    setQuestion(said && { ...said, text });
    // back from a pressed key: Enter must copy, not press it again
    if (said && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    else focusInput();
    setSaved("");
    const ready = hint?.text === text ? hint.card : null;
    void ask({ text, ...(call && { callId: call.id }), ...(context !== undefined && { context }) }, ready);
  };
  const copy = (what: "approved" | "ai"): void => {
    const text = what === "ai" ? answer?.suggestion.trim() : answer?.card?.answer;
    if (text) void copyText(text).then(() => copied(what));
  };
  /** Puts the customer's words into the input, all of them selected. */
  const edit = (): void => {
    if (!input.current || !quoted) return;
    input.current.value = quoted.text;
    input.current.focus();
    input.current.select();
    setEditing(true);
  };
  const enter = (text: string): void => {
    const said = answer === null ? atHand(heard, Date.now()) : null;
    if (text !== "") put(text, editing ? quoted : null);
    else if (said) put(said.text, said);
    else copy("approved");
  };
  const summoned = (): void => {
    setChoosing(false);
    void loadCopilot(context);
    const said = toMark ? null : atHand(hearing.get(), Date.now());
    const shown = gone.current ? null : question;
    gone.current = false;
    // the second summons is for the focus, unless the customer has said something else since
    const same = said?.t === shown?.t && (shown?.final || said?.text === shown?.text);
    if (answer && shown && (said === null || same)) return;
    clear();
    if (said) return put(said.text, said);
    empty();
    focusInput();
  };
  usePanelKeys(input, {
    key: (key) => {
      if (toMark) return wrapUp.press(key);
      const text = objections.find((one) => String(one.key) === key)?.text ?? "";
      if (text !== "") put(text);
      return /^[1-9]$/.test(key);
    },
    enter,
    copyAi: () => copy("ai"),
    close: away,
    summoned,
    quoting,
    edit,
  });
  useLayoutEffect(() => {
    // a sheet takes the focus in the first microtask, for its first button
    queueMicrotask(() => queueMicrotask(focusInput));
  }, [toMark?.id]);
  useLayoutEffect(() => {
    // asked in the middle of a sentence that had no card yet: now it is whole
    const whole = heard.settled;
    const unfinished = question?.final === false && whole?.t === question.t && answer?.card === null;
    if (whole && unfinished && !editing && whole.text !== question.text) put(whole.text, whole);
  }, [heard.settled]);
  useLayoutEffect(() => {
    const id = call?.id;
    // what was said in a call that is over is no question any more
    return () => void (id !== undefined && forget());
  }, [call?.id]);

  return (
    <section
      class="assist"
      aria-label={assist.title}
      data-state={stateOf(call, toMark, answer)}
      data-call={call?.id}
    >
      <CallLine call={call} row={live.agents.find(({ id }) => id === me.id)} close={away} />
      <PausedLine key="paused" />
      {toMark ? null : (
        <SaidBlock key="said">
          {!editing && (quoted || (answer === null && listening)) ? (
            <CustomerLine
              key="line"
              said={quoted}
              since={answer !== null && latest !== null && latest.t !== question?.t ? latest : null}
              edit={edit}
            />
          ) : null}
          <label key="input" class={`in${quoting ? " away" : ""}`}>
            <MoreIcon name="search" tone="soft" />
            <input
              ref={input}
              maxlength={500}
              tabindex={quoting ? -1 : 0}
              placeholder={call ? assist.placeholder : assist.placeholderNoCall}
              aria-label={assist.input}
              onBlur={() => editing && input.current?.value === quoted?.text && empty()}
            />
          </label>
        </SaidBlock>
      )}
      {toMark ? (
        <AfterCall key="wrap-up" me={me} call={toMark} wrapUp={wrapUp} later={() => setLater(toMark.id)} />
      ) : answer === null ? (
        <Rest
          key="rest"
          calling={call !== null}
          saved={saved}
          hint={hint}
          objections={objections}
          put={put}
        />
      ) : (
        <Shown
          key="answer"
          answer={answer}
          objections={objections}
          put={put}
          copy={copy}
          rate={(thumb) => void rate(thumb)}
        />
      )}
      {call && answer === null ? beside?.(call) : null}
      <Foot
        me={me}
        status={status}
        answer={toMark ? null : answer}
        open={choosing}
        setOpen={setChoosing}
        back={focusInput}
      />
      <PauseSaid />
      <span class="vh" role="status">
        {answer?.copied ? assist.copied : saved}
      </span>
    </section>
  );
};
