import type { Card } from "#contract";
import { assist } from "../i18n/assist.ts";
import { dayAndMonth } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import type { Answer } from "./asking.ts";
import { firstSentence, withDoubts } from "./figures.ts";

/** The playbook's answer: larger, brighter, first. */
export const Approved = ({ card }: { card: Card }) => {
  const [first, rest] = firstSentence(card.answer);
  return (
    <section class="ans yes" aria-label={assist.approvedAnswer} data-card={card.id}>
      <header>
        <span class="tag pill ok">
          <Icon name="check" small />
          {assist.approved}
        </span>
        <span class="soft grow cut">{card.title}</span>
        <span class="faint xs nw">{assist.version(String(card.version), dayAndMonth(card.approvedOn))}</span>
      </header>
      <p>
        <b>{first}</b>
        {rest}
      </p>
    </section>
  );
};

const Doubtful = ({ text, figures }: { text: string; figures: string[] }) => (
  <>{withDoubts(text, figures).map((part) => (part.doubt ? <mark>{part.text}</mark> : part.text))}</>
);

/** The model's words as they come; figures without a fact are underlined and named. */
export const Suggestion = ({ answer }: { answer: Answer }) => {
  const figures = answer.done?.unverified ?? [];
  const [first, rest] = firstSentence(answer.suggestion.trim());
  const writing = answer.step === "asked" || answer.step === "writing";
  return (
    <section class="ans" aria-label={assist.ai} aria-busy={String(writing)} data-suggestion={answer.step}>
      <header>
        <span class="tag ai b">
          <Icon name="ai" small />
          {assist.ai}
        </span>
        <span class="grow" />
        {writing ? (
          <span key="writing" class="xs faint">
            {answer.step === "asked" ? assist.thinking : assist.writing}
          </span>
        ) : null}
        {figures.length > 0 ? (
          <span key="doubt" class="tag pill warn">
            <Icon name="warning" small />
            {assist.unverified(figures.join(", "))}
          </span>
        ) : null}
      </header>
      <p class={writing ? "caret" : ""} aria-live={writing ? "off" : "polite"}>
        <b>
          <Doubtful text={first} figures={figures} />
        </b>
        <Doubtful text={rest} figures={figures} />
      </p>
    </section>
  );
};

/** No model: calm, and what to do. The card above stays the answer. */
export const Offline = ({ answer }: { answer: Answer }) => {
  const noServer = answer.problem?.code === "offline";
  const hint = noServer ? assist.noServerHint : answer.problem?.hint;
  return (
    <section class="ans off" role="status" data-suggestion="offline">
      <header>
        <span class="tag soft b">
          <Icon name="none" small />
          {noServer ? assist.noServer : assist.offline}
        </span>
      </header>
      <p>{hint || (answer.card ? assist.offlineCard : assist.offlineNoCard)}</p>
    </section>
  );
};
