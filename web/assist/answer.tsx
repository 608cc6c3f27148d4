import type { Card } from "#contract";
import { assist } from "../i18n/assist.ts";
import { count, dayAndMonth } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { MoreIcon } from "../ui/more-icons.tsx";
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

/** The playbook has nothing for these words: calm, and what to say instead. */
export const NoCard = () => (
  <section class="ans off" role="status" data-card="none">
    <header>
      <span class="tag soft b">
        <Icon name="none" small />
        {assist.noCard}
      </span>
    </header>
    <p>{assist.noCardTodo}</p>
  </section>
);

const Doubtful = ({ text, figures }: { text: string; figures: string[] }) => (
  <>{withDoubts(text, figures).map((part) => (part.doubt ? <mark>{part.text}</mark> : part.text))}</>
);

/** As much as fits beside the title; more is named under the words. */
const SHORT = 22;

const Doubts = ({ figures }: { figures: string[] }) => {
  const named = figures.join(", ");
  return (
    <span class="tag pill warn">
      <Icon name="warning" small />
      {assist.unverified(named.length <= SHORT ? named : count(figures.length))}
    </span>
  );
};

const NamedDoubts = ({ figures }: { figures: string[] }) => {
  const named = figures.join(" · ");
  return named.length <= SHORT ? null : <p class="doubts warn">{assist.unverifiedAre(named)}</p>;
};

const OtherLanguage = () => (
  <span class="tag pill soft">
    <Icon name="language" small />
    {assist.otherLanguage}
  </span>
);

/** The model's words as they come; what no fact supports is underlined and named. */
export const Suggestion = ({ answer, copy }: { answer: Answer; copy: () => void }) => {
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
        {answer.done?.otherLanguage ? <OtherLanguage key="language" /> : null}
        {figures.length > 0 ? <Doubts key="doubt" figures={figures} /> : null}
        {answer.step === "done" ? (
          <button
            key="copy"
            type="button"
            class="copy soft"
            data-copy="ai"
            aria-label={answer.copied === "ai" ? assist.copied : assist.copyAi}
            title={assist.copyAi}
            onClick={copy}
          >
            {answer.copied === "ai" ? (
              <Icon key="check" name="check" small />
            ) : (
              <MoreIcon key="copy" name="copy" small />
            )}
          </button>
        ) : null}
      </header>
      <p class={writing ? "caret" : ""} aria-live={writing ? "off" : "polite"}>
        <b>
          <Doubtful text={first} figures={figures} />
        </b>
        <Doubtful text={rest} figures={figures} />
      </p>
      <NamedDoubts figures={figures} />
    </section>
  );
};

/** No model: calm, and what to do. The card above stays the answer. */
export const Offline = ({ answer }: { answer: Answer }) => {
  const code = answer.problem?.code ?? "";
  const hint = code === "offline" ? assist.noServerHint : answer.problem?.hint;
  return (
    <section class="ans off" role="status" data-suggestion="offline" data-code={code}>
      <header>
        <span class="tag soft b">
          <Icon name={code === "held_out" ? "check" : "none"} small />
          {assist.trouble(code)}
        </span>
      </header>
      <p>{hint || (answer.card ? assist.offlineCard : assist.offlineNoCard)}</p>
    </section>
  );
};
