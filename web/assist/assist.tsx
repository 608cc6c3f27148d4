import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Call, CopilotStatus, Me } from "#contract";
import { assist } from "../i18n/assist.ts";
import { t } from "../i18n/index.ts";
import { board } from "../live.ts";
import { copyText } from "../ui/clipboard.ts";
import { contactName, timeOfDay } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { useStore } from "../ui/store.ts";
import { dispositions } from "../ui/disposition.tsx";
import { useWrapUp, WrapUp } from "../ui/wrap-up.tsx";
import { Approved, Offline, Suggestion } from "./answer.tsx";
import { useAsking, type Answer } from "./asking.ts";
import { hide, usePanelKeys } from "./keys.ts";
import { CallLine, Foot, Keys } from "./parts.tsx";

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

/** The copilot's window. `data-state`: no-call, idle, streaming, done, offline, wrap-up. */
export const Assist = ({
  me,
  status,
  reload,
}: {
  me: Me;
  status: CopilotStatus | null;
  reload: () => void;
}) => {
  const live = useStore(board);
  const input = useRef<HTMLInputElement>(null);
  const { answer, ask, clear } = useAsking();
  const [copied, setCopied] = useState("");
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
  const objections = status?.objections ?? noneYet;

  const put = (text: string): void => {
    if (input.current) input.current.value = "";
    // back from a pressed key: Enter must copy, not press it again
    input.current?.focus();
    setCopied("");
    setSaved("");
    void ask({ text, ...(call && { callId: call.id }), ...(call?.campaign && { context: call.campaign }) });
  };
  const copy = (what: "approved" | "ai"): void => {
    const text = what === "ai" ? answer?.suggestion.trim() : answer?.card?.answer;
    if (text) void copyText(text).then(() => setCopied(what));
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
    summoned: () => {
      clear();
      setCopied("");
      reload();
      if (input.current) input.current.value = "";
      input.current?.focus();
    },
  });
  useLayoutEffect(() => {
    queueMicrotask(() => input.current?.focus());
  }, [toMark?.id]);

  return (
    <main class="assist" data-state={stateOf(call, toMark, answer)} data-call={call?.id}>
      <CallLine call={call} row={live.agents.find(({ id }) => id === me.id)} hide={hide} />
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
        <Shown key="answer" answer={answer} objections={objections} put={put} copy={copy} copied={copied} />
      )}
      <Foot status={status} answer={toMark ? null : answer} />
      <span class="vh" role="status">
        {copied === "" ? saved : assist.copied}
      </span>
    </main>
  );
};

type ShownProps = {
  answer: Answer;
  objections: CopilotStatus["objections"];
  put: (text: string) => void;
  copy: (what: "approved" | "ai") => void;
  copied: string;
};

/** The approved card, the model's words under it, and the keys and buttons that never move. */
const Shown = ({ answer, objections, put, copy, copied }: ShownProps) => (
  <>
    <div class="as-body">
      {answer.card ? (
        <Approved key="card" card={answer.card} />
      ) : (
        <p key="asked" class="hint">
          «{answer.text}»
        </p>
      )}
      {answer.suggestion === "" && answer.step === "failed" ? null : (
        <Suggestion key={answer.card ? "under" : "alone"} answer={answer} />
      )}
      {answer.step === "failed" ? <Offline key="off" answer={answer} /> : null}
    </div>
    <div class="as-keys">
      <Keys objections={objections} asked={answer.text} ask={({ text }) => text !== "" && put(text)} />
    </div>
    <div class="as-act">
      <button
        type="button"
        class="btn primary grow"
        data-copy="approved"
        disabled={answer.card === null}
        onClick={() => copy("approved")}
      >
        <Icon name={copied === "approved" ? "check" : "copy"} small />
        {copied === "approved" ? assist.copied : assist.copyApproved} <kbd>{assist.enter}</kbd>
      </button>
      <button
        type="button"
        class="btn icon"
        data-copy="ai"
        aria-label={assist.copyAi}
        title={assist.copyAi}
        disabled={answer.suggestion === ""}
        onClick={() => copy("ai")}
      >
        <Icon name={copied === "ai" ? "check" : "ai"} tone="ai" />
      </button>
    </div>
  </>
);
