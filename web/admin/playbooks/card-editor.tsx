import type { Playbook, PlaybookCard } from "#contract";
import { house } from "../../i18n/house.ts";
import { valuesOf } from "../../ui/field.tsx";
import { dayAndMonth } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { useWork } from "../../ui/work.ts";
import { CardFields } from "./card-fields.tsx";
import { cardOf } from "./form-values.ts";
import { freeId, slugOf } from "./slug.ts";

type Props = {
  playbook: Playbook;
  /** Null for a new one. */
  card: PlaybookCard | null;
  /** The playbook as it is now. */
  changed: (now: Playbook) => void;
  removed: (card: PlaybookCard, now: Playbook) => void;
  history: () => void;
  onClose: () => void;
};

const Approval = ({ card }: { card: PlaybookCard }) => (
  <p class="sm faint">
    {house.card.version(String(card.version), dayAndMonth(card.approvedOn))} ·{" "}
    {card.approvedBy === null ? house.card.byNobody : house.card.by(card.approvedBy)}
  </p>
);

/** One card with all its fields. Somebody else's change in between is said, never overwritten. */
export const CardEditor = ({ playbook, card, changed, removed, history, onClose }: Props) => {
  const { busy, problem, work } = useWork();
  const isOld = problem?.code === "card_changed";
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const content = cardOf(valuesOf(event.currentTarget as HTMLFormElement));
    const ids = playbook.cards.map(({ id }) => id);
    const id = card?.id ?? freeId(slugOf(playbook.id, content.title), ids);
    const saved = await work(async () =>
      changed(await adminApi.putCard(playbook.id, id, { ...content, version: card?.version ?? 0 })),
    );
    if (saved) onClose();
  };
  const remove = (): Promise<boolean> =>
    work(async () => {
      if (card) removed(card, await adminApi.removeCard(playbook.id, card.id));
    });
  const loadNew = (): Promise<boolean> =>
    work(async () => {
      changed(await adminApi.playbook(playbook.id));
    });
  return (
    <Sheet side label={card ? house.card.edit(card.title) : house.card.new} onClose={onClose}>
      <div class="h sb">
        <h1 class="cut grow">{card?.title ?? house.card.new}</h1>
        {card ? (
          <button type="button" class="btn plain" onClick={history}>
            <Icon name="clock" small />
            {house.card.history}
          </button>
        ) : null}
        <CloseButton />
      </div>
      {card ? <Approval card={card} /> : null}
      <form
        key={`${card?.id} ${card?.version}`}
        class="stacked editor"
        data-form="card"
        onSubmit={(event: Event) => void save(event)}
      >
        <CardFields card={card} playbook={playbook} problem={problem} />
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        {isOld ? (
          <button
            key="load"
            type="button"
            class="btn"
            data-load
            disabled={busy}
            onClick={() => void loadNew()}
          >
            {house.card.loadNew}
          </button>
        ) : null}
        <div key="deeds" class="h deeds">
          {card ? (
            <button type="button" class="btn" data-remove disabled={busy} onClick={() => void remove()}>
              <MoreIcon name="remove" small />
              {house.card.remove}
            </button>
          ) : null}
          <button type="submit" class="btn primary grow" disabled={busy}>
            {busy ? house.playbooks.saving : house.playbooks.save}
          </button>
        </div>
      </form>
    </Sheet>
  );
};
