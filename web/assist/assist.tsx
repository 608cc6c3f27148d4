import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Call, Me } from "#contract";
import { loadCopilot, useCopilot } from "../copilot.ts";
import { assist } from "../i18n/assist.ts";
import { t } from "../i18n/index.ts";
import { board } from "../live.ts";
import { copyText } from "../ui/clipboard.ts";
import { contactName, timeOfDay } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { useStore } from "../ui/store.ts";
import { dispositions } from "../ui/disposition.tsx";
import { useWrapUp, WrapUp } from "../ui/wrap-up.tsx";
import "./assist.css";
import { useAsking, type Answer } from "./asking.ts";
import { Foot } from "./foot.tsx";
import { hasKeyboard, usePanelKeys } from "./keys.ts";
import { CallLine, Keys } from "./parts.tsx";
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

/**
 * The copilot: in the panel's window, or in a sheet over the agent's day. `close` puts it out of sight.
 * `data-state`: no-call, idle, streaming, done, offline, wrap-up.
 */
export const Assist = ({ me, close }: { me: Me; close: () => void }) => {
  const live = useStore(board);
  const input = useRef<HTMLInputElement>(null);
  const { answer, ask, copied, rate, leave, clear } = useAsking();
  const [choosing, setChoosing] = useState(false);
  const [later, setLater] = useState("");
  const [saved, setSaved] = useState("");
  const call = live.calls.find(({ endedAt }) => endedAt === null) ?? null;
  const ended = call ? null : waiting(live.calls);
  const toMark = ended?.id === later ? null : ended;
  const wrapUp = useWrapUp(toMark, (marked) => {
    clear();
    setLater(marked.id);
    setSaved(marked.disposition ? t.outcome.saved(t.disposition[marked.disposition]) : "");
  });
  const context = call?.campaign ?? undefined;
  const { status } = useCopilot(context, choosing);
  const objections = status?.objections ?? noneYet;
  const focusInput = (): void => {
    if (hasKeyboard()) input.current?.focus();
  };
  const away = (): void => {
    leave();
    close();
  };

  const put = (text: string): void => {
    if (input.current) input.current.value = "";
    // back from a pressed key: Enter must copy, not press it again
    focusInput();
    setSaved("");
    void ask({ text, ...(call && { callId: call.id }), ...(context !== undefined && { context }) });
  };
  const copy = (what: "approved" | "ai"): void => {
    const text = what === "ai" ? answer?.suggestion.trim() : answer?.card?.answer;
    if (text) void copyText(text).then(() => copied(what));
  };
  usePanelKeys(input, {
    digit: (n) => {
      const outcome = dispositions[n - 1];
      const objection = objections.find(({ key }) => key === n);
      if (toMark && outcome) wrapUp.choose(outcome);
      else if (!toMark && objection?.text) put(objection.text);
    },
    enter: (text) => (text === "" ? copy("approved") : put(text)),
    copyAi: () => copy("ai"),
    close: away,
    summoned: () => {
      clear();
      setChoosing(false);
      void loadCopilot(context);
      if (input.current) input.current.value = "";
      focusInput();
    },
  });
  useLayoutEffect(() => {
    // a sheet takes the focus in the first microtask, for its first button
    queueMicrotask(() => queueMicrotask(focusInput));
  }, [toMark?.id]);

  return (
    <section
      class="assist"
      aria-label={assist.title}
      data-state={stateOf(call, toMark, answer)}
      data-call={call?.id}
    >
      <CallLine call={call} row={live.agents.find(({ id }) => id === me.id)} close={away} />
      {toMark ? null : (
        <label key="said" class="as-said">
          <span class="in">
            <Icon name="search" tone="soft" />
            <input
              ref={input}
              maxlength={500}
              placeholder={call ? assist.placeholder : assist.placeholderNoCall}
              aria-label={assist.input}
            />
          </span>
        </label>
      )}
      {toMark ? (
        <div key="wrap-up" class="as-body">
          <div class="h sb">
            <h2>{assist.ended}</h2>
            <button type="button" class="h sm soft link" onClick={() => setLater(toMark.id)}>
              {assist.later}
            </button>
          </div>
          <p class="sm soft">
            {t.day.with(contactName(toMark.contact), timeOfDay(toMark.startedAt, me.timeZone))}
          </p>
          <WrapUp wrapUp={wrapUp} keys />
        </div>
      ) : answer === null ? (
        <div key="rest" class="as-body">
          <p class="hint">{saved || assist.hint}</p>
          <Keys big objections={objections} asked={undefined} ask={({ text }) => text !== "" && put(text)} />
          {call ? null : (
            <p class="note">
              <Icon name="headset" tone="soft" />
              <span>{assist.noCallNote}</span>
            </p>
          )}
        </div>
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
      <Foot
        me={me}
        status={status}
        answer={toMark ? null : answer}
        open={choosing}
        setOpen={setChoosing}
        back={focusInput}
      />
      <span class="vh" role="status">
        {answer?.copied ? assist.copied : saved}
      </span>
    </section>
  );
};
