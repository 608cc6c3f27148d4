import { useState } from "hono/jsx/dom";
import type { ObjectionKind, PlaybookCard } from "#contract";
import { house } from "../../i18n/house.ts";
import { folded } from "../../ui/folded.ts";
import { count, dayAndMonth } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { isExpired, kinds } from "./form-values.ts";

type RowProps = { card: PlaybookCard; today: string; open: () => void };

const Row = ({ card, today, open }: RowProps) => (
  <button type="button" class="row answer-row" data-card={card.id} onClick={open}>
    {card.key === null ? (
      <kbd key="none" class="none" aria-hidden="true" />
    ) : (
      <kbd key={card.key} aria-label={house.card.keyLabel(String(card.key))}>
        {card.key}
      </kbd>
    )}
    <span class="grow">
      <span class="h tiny">
        <span class="b cut">{card.title}</span>
        <span class="sm faint nw">{house.kinds[card.kind]}</span>
        {isExpired(card, today) ? (
          <span key="expired" class="tag pill warn">
            <Icon name="clock" small />
            {house.card.expired}
          </span>
        ) : null}
      </span>
      <span class="sm soft cut">{card.answer}</span>
    </span>
    <span class="end xs faint nw approval">
      <span>{house.card.version(String(card.version), dayAndMonth(card.approvedOn))}</span>
      <span class="cut">{card.approvedBy ?? house.card.byNobody}</span>
    </span>
  </button>
);

/** Those whose words have the text in them, and are of the kind. */
function matching(cards: PlaybookCard[], text: string, kind: string): PlaybookCard[] {
  const wanted = folded(text.trim());
  return cards.filter(
    (card) =>
      (kind === "" || card.kind === kind) &&
      folded([card.title, card.objection, card.answer, ...card.triggers].join(" ")).includes(wanted),
  );
}

type Props = {
  cards: PlaybookCard[];
  today: string;
  /** One that has just been removed can come back. */
  removed: PlaybookCard | null;
  undo: () => void;
  busy: boolean;
  open: (id: string) => void;
  add: () => void;
};

/** The cards, narrowed by words and kind. */
export const CardList = ({ cards, today, removed, undo, busy, open, add }: Props) => {
  const [text, setText] = useState("");
  const [kind, setKind] = useState<ObjectionKind | "">("");
  const found = matching(cards, text, kind);
  return (
    <section class="card flush cards">
      <header>
        <h2>
          {house.card.list} <span class="faint">{count(cards.length)}</span>
        </h2>
        <button type="button" class="btn primary" data-add aria-label={house.card.add} onClick={add}>
          <MoreIcon name="plus" small />
          {house.card.addShort}
        </button>
      </header>
      {cards.length === 0 ? null : (
        <div key="narrow" class="narrow">
          <label class="in search">
            <MoreIcon name="search" tone="soft" />
            <input
              type="search"
              placeholder={house.card.placeholder}
              aria-label={house.card.search}
              onInput={(event: Event) => setText((event.target as HTMLInputElement).value)}
            />
          </label>
          <label class={`chip select${kind === "" ? "" : " on"}`}>
            <span class="vh">{house.card.kind}</span>
            <select
              onChange={(event: Event) =>
                setKind((event.target as HTMLSelectElement).value as ObjectionKind | "")
              }
            >
              <option value="">{house.card.allKinds}</option>
              {kinds.map((one) => (
                <option value={one}>{house.kinds[one]}</option>
              ))}
            </select>
            <Icon name="down" small />
          </label>
        </div>
      )}
      <div key="removed" role="status">
        {removed ? (
          <p class="undo">
            <span class="grow">{house.card.removed(removed.title)}</span>
            <button type="button" class="btn" data-undo disabled={busy} onClick={undo}>
              <Icon name="back" small />
              {house.card.undo}
            </button>
          </p>
        ) : null}
      </div>
      {found.length === 0 ? (
        <p key="nothing" class="nothing">
          {cards.length === 0 ? house.card.noneYet : house.card.none}
        </p>
      ) : null}
      <ul key="list">
        {found.map((card) => (
          <li key={`${card.id} ${card.version}`}>
            <Row card={card} today={today} open={() => open(card.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
};
