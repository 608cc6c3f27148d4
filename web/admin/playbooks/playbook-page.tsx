import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me, Playbook, PlaybookCard } from "#contract";
import { house } from "../../i18n/house.ts";
import { dayAt } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi, exportUrl } from "../api.ts";
import { useWork } from "../../ui/work.ts";
import { CardEditor } from "./card-editor.tsx";
import { CardList } from "./card-list.tsx";
import { contentOf } from "./form-values.ts";
import { HistorySheet } from "./history-sheet.tsx";
import { ImportFile } from "./import-file.tsx";
import { Use } from "./playbook-list.tsx";
import { ProductForm } from "./product-form.tsx";
import { TryOut } from "./try-out.tsx";

const FORMATS = ["yaml", "xlsx"] as const;
type DeedsProps = { playbook: Playbook; history: () => void; imported: (into: string) => void };

/** Its history, it as a file, and a file into it. */
const Deeds = ({ playbook: { id, active, main }, history, imported }: DeedsProps) => (
  <span class="h deeds">
    <Use active={active} main={main} />
    <button type="button" class="btn" data-history onClick={history}>
      <Icon name="clock" small />
      {house.history.title}
    </button>
    {FORMATS.map((format) => (
      <a
        key={format}
        class="btn"
        href={exportUrl(id, format)}
        download
        aria-label={house.playbooks.exportAs(house.playbooks.formats[format])}
      >
        <Icon name="download" small />
        {house.playbooks.formats[format]}
      </a>
    ))}
    <ImportFile done={imported} />
  </span>
);

/** What stands over the page: a card, a new one, or the history of one card or of all. */
type Over =
  | { what: "card"; id: string }
  | { what: "new" }
  | { what: "history"; cardId: string | null }
  | null;

/** One playbook: its cards, what it says of its product, and what the search makes of a customer's words. */
export const PlaybookPage = ({ me, id }: { me: Me; id: string }) => {
  const [playbook, setPlaybook] = useState<Playbook | null>(null);
  const [over, setOver] = useState<Over>(null);
  const [removed, setRemoved] = useState<PlaybookCard | null>(null);
  const { busy, problem, work } = useWork();
  const load = (): Promise<boolean> => work(async () => setPlaybook(await adminApi.playbook(id)));
  useLayoutEffect(() => void load(), []);
  const undo = (card: PlaybookCard): Promise<boolean> =>
    work(async () => {
      // it is not there any more, so it comes as a new card; its versions count on
      setPlaybook(await adminApi.putCard(id, card.id, { ...contentOf(card), version: 0 }));
      setRemoved(null);
    });
  const imported = (into: string): void => {
    if (into === id) void load();
    else location.hash = `#argumentarios/${into}`;
  };
  const card = over?.what === "card" ? playbook?.cards.find((one) => one.id === over.id) : undefined;
  return (
    <>
      <Header me={me} title={playbook?.name ?? house.playbooks.title} />
      <main aria-busy={String(playbook === null && problem === null)}>
        {playbook || problem ? (
          <div key="crumbs" class="h sb crumbs">
            <a class="h sm soft link" href="#argumentarios">
              <Icon name="next" small tone="turned" />
              {house.playbooks.back}
            </a>
            {playbook ? (
              <Deeds
                key="deeds"
                playbook={playbook}
                imported={imported}
                history={() => setOver({ what: "history", cardId: null })}
              />
            ) : null}
          </div>
        ) : null}
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        {playbook && over?.what === "card" && !card ? (
          <p key="gone" class="note" role="alert">
            {house.card.gone}
          </p>
        ) : null}
        {playbook ? (
          <div key="parts" class="shelf">
            <TryOut playbook={playbook} open={(cardId) => setOver({ what: "card", id: cardId })} />
            <CardList
              cards={playbook.cards}
              today={dayAt(new Date(), me.timeZone)}
              removed={removed}
              undo={() => removed && void undo(removed)}
              busy={busy}
              open={(cardId) => setOver({ what: "card", id: cardId })}
              add={() => setOver({ what: "new" })}
            />
            <ProductForm playbook={playbook} saved={setPlaybook} />
          </div>
        ) : null}
        {playbook && (over?.what === "new" || card) ? (
          <CardEditor
            key="editor"
            playbook={playbook}
            card={card ?? null}
            changed={setPlaybook}
            removed={(gone, now) => {
              setPlaybook(now);
              setRemoved(gone);
              setOver(null);
            }}
            history={() => setOver({ what: "history", cardId: card?.id ?? null })}
            onClose={() => setOver(null)}
          />
        ) : null}
        {playbook && over?.what === "history" ? (
          <HistorySheet
            key={`history ${over.cardId}`}
            me={me}
            playbook={playbook}
            cardId={over.cardId}
            changed={setPlaybook}
            onClose={() => setOver(null)}
          />
        ) : null}
      </main>
    </>
  );
};
