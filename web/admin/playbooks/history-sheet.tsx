import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { CardHistory, Me, Playbook } from "#contract";
import { t } from "../../i18n/index.ts";
import { house } from "../../i18n/house.ts";
import { dayAndMonth, dayAt, timeOfDay } from "../../ui/format.ts";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { useWork } from "../../ui/work.ts";

type Props = {
  me: Me;
  playbook: Playbook;
  /** Only this card's changes; null for all. */
  cardId: string | null;
  changed: (now: Playbook) => void;
  onClose: () => void;
};

type RowProps = { change: CardHistory; me: Me; current: boolean; busy: boolean; putBack: () => void };

const Row = ({ change, me, current, busy, putBack }: RowProps) => {
  const { content, action, at, by } = change;
  return (
    <li data-version={`${change.cardId} ${change.version}`}>
      <details class="change">
        <summary>
          <span class="b">{house.history.line(content.title, house.history.actions[action])}</span>
          <span class="sm soft">
            {house.history.when(
              dayAndMonth(dayAt(new Date(at), me.timeZone)),
              timeOfDay(at, me.timeZone),
              by ?? house.history.nobody,
            )}
          </span>
        </summary>
        <p>
          {content.answer} {content.nextQuestion}
        </p>
        {current ? (
          <p key="now" class="sm faint">
            {house.history.now}
          </p>
        ) : (
          <button key="back" type="button" class="btn" data-put-back disabled={busy} onClick={putBack}>
            {house.history.putBack}
          </button>
        )}
      </details>
    </li>
  );
};

/** Who changed what and when; an old version can become the newest one. */
export const HistorySheet = ({ me, playbook, cardId, changed, onClose }: Props) => {
  const [changes, setChanges] = useState<CardHistory[] | null>(null);
  const { busy, problem, work } = useWork();
  const load = async (): Promise<void> => {
    const { items } = await adminApi.history(playbook.id);
    setChanges(items.filter((one) => cardId === null || one.cardId === cardId));
  };
  useLayoutEffect(() => void work(load), []);
  const versionNow = (id: string): number => playbook.cards.find((card) => card.id === id)?.version ?? 0;
  const putBack = (change: CardHistory): Promise<boolean> =>
    work(async () => {
      const version = versionNow(change.cardId);
      changed(await adminApi.putCard(playbook.id, change.cardId, { ...change.content, version }));
      await load();
    });
  return (
    <Sheet side label={house.history.title} onClose={onClose}>
      <div class="h sb">
        <span>
          <h1>{house.history.title}</h1>
          <span class="sm soft">{house.history.text}</span>
        </span>
        <CloseButton />
      </div>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {changes === null && busy ? (
        <p key="busy" class="soft">
          {t.loading}
        </p>
      ) : null}
      {changes?.length === 0 ? <p key="none">{house.history.none}</p> : null}
      <ul key="list" class="rows bleed">
        {(changes ?? []).map((change) => (
          <Row
            key={`${change.cardId} ${change.version} ${busy}`}
            change={change}
            me={me}
            busy={busy}
            current={change.action !== "removed" && change.version === versionNow(change.cardId)}
            putBack={() => void putBack(change)}
          />
        ))}
      </ul>
    </Sheet>
  );
};
