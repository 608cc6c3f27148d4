import { useState } from "hono/jsx/dom";
import type { Playbook, PlaybookCard, Problem } from "#contract";
import { house } from "../../i18n/house.ts";
import { Area, Choice, Field } from "../../ui/field.tsx";
import { count } from "../../ui/format.ts";
import { FactFields } from "./fact-fields.tsx";
import { kinds, MOST_WORDS, wordsIn } from "./form-values.ts";

type Props = { card: PlaybookCard | null; playbook: Playbook; problem: Problem | null };

/** The digits, each with the card that has it now. */
function keyOptions({ cards }: Playbook, own: PlaybookCard | null): [value: string, text: string][] {
  const digits = Array.from({ length: 9 }, (_, i): [string, string] => {
    const other = cards.find(({ id, key }) => key === i + 1 && id !== own?.id);
    const digit = String(i + 1);
    return [digit, other ? house.card.keyTaken(digit, other.title) : digit];
  });
  return [["", house.card.noKey], ...digits];
}

/** How long the answer is to say, counted while it is written; advice, not a rule. */
const Length = ({ words }: { words: number }) => (
  <p class={`sm ${words > MOST_WORDS ? "warn" : "faint"}`} data-words={words} role="status">
    {words > MOST_WORDS
      ? house.card.tooLong(count(words), count(MOST_WORDS))
      : house.card.words(count(words), count(MOST_WORDS))}
  </p>
);

/** All that a person writes of a card. */
export const CardFields = ({ card, playbook, problem }: Props) => {
  const [spoken, setSpoken] = useState({
    answer: card?.answer ?? "",
    nextQuestion: card?.nextQuestion ?? "",
  });
  const typed = ({ target }: Event): void => {
    const { name, value } = target as HTMLInputElement;
    if (name in spoken) setSpoken({ ...spoken, [name]: value });
  };
  return (
    <>
      <div class="stacked pairs">
        <Field
          name="title"
          label={house.card.title}
          value={card?.title ?? ""}
          hint={house.card.titleHint}
          maxLength={40}
          problem={problem}
        />
        <Choice
          name="key"
          label={house.card.key}
          value={String(card?.key ?? "")}
          options={keyOptions(playbook, card)}
        />
      </div>
      <Choice
        name="kind"
        label={house.card.kind}
        value={card?.kind ?? "price"}
        options={kinds.map((kind) => [kind, house.kinds[kind]])}
      />
      <Field
        name="objection"
        label={house.card.objection}
        value={card?.objection ?? ""}
        maxLength={200}
        problem={problem}
      />
      <Area
        name="triggers"
        label={house.card.triggers}
        value={(card?.triggers ?? []).join("\n")}
        rows={5}
        hint={house.card.triggersHint}
        required={false}
        problem={problem}
      />
      <div class="spoken" onInput={typed}>
        <Area
          name="answer"
          label={house.card.answer}
          value={card?.answer ?? ""}
          rows={4}
          hint={house.card.answerHint}
          maxLength={600}
          problem={problem}
        />
        <Field
          name="nextQuestion"
          label={house.card.next}
          value={card?.nextQuestion ?? ""}
          maxLength={200}
          required={false}
          problem={problem}
        />
        <Length words={wordsIn(`${spoken.answer} ${spoken.nextQuestion}`)} />
      </div>
      <Field
        name="validUntil"
        type="date"
        label={house.card.validUntil}
        value={card?.validUntil ?? ""}
        hint={house.card.validHint}
        required={false}
        problem={problem}
      />
      <h2>{house.card.facts}</h2>
      <FactFields facts={card?.facts ?? {}} forbidden={card?.forbidden ?? []} problem={problem} />
    </>
  );
};
