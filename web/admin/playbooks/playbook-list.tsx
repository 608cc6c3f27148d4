import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me, PlaybookSummary } from "#contract";
import { t } from "../../i18n/index.ts";
import { house } from "../../i18n/house.ts";
import { count } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { Icon } from "../../ui/icon.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { useWork } from "../../ui/work.ts";
import { ImportFile } from "./import-file.tsx";
import { NewPlaybook } from "./new-playbook.tsx";

const address = (id: string): string => `#argumentarios/${id}`;

/** Whether it is used, and whether for calls that do not say their product. */
export const Use = ({ active, main }: Pick<PlaybookSummary, "active" | "main">) => (
  <span class="h tiny" key={`${active} ${main}`}>
    {active ? null : <span class="tag pill soft">{house.playbooks.inactive}</span>}
    {main ? <span class="tag pill acc">{house.playbooks.main}</span> : null}
  </span>
);

const Row = ({ playbook }: { playbook: PlaybookSummary }) => (
  <li>
    <a class="row" href={address(playbook.id)} data-playbook={playbook.id}>
      <span class="grow">
        <span class="h tiny">
          <span class="b cut">{playbook.name}</span>
          <Use active={playbook.active} main={playbook.main} />
        </span>
        <span class="sm soft cut">
          {t.languages[playbook.language]} · {playbook.product}
        </span>
      </span>
      <span class="end sm nw">
        <span class="soft">{house.playbooks.cards(count(playbook.cards))}</span>
        {playbook.expired > 0 ? (
          <span class="warn">{house.playbooks.expired(count(playbook.expired))}</span>
        ) : null}
      </span>
      <Icon name="next" small tone="faint" />
    </a>
  </li>
);

/** All playbooks; a new one; one from a file. */
export const PlaybookList = ({ me }: { me: Me }) => {
  const [playbooks, setPlaybooks] = useState<PlaybookSummary[] | null>(null);
  const [adding, setAdding] = useState(false);
  const { problem, work } = useWork();
  useLayoutEffect(() => void work(async () => setPlaybooks((await adminApi.playbooks()).items)), []);
  const open = (id: string): void => void (location.hash = address(id));
  return (
    <>
      <Header me={me} title={house.playbooks.title} />
      <main>
        <div class="h sb">
          <p class="soft sm">{house.playbooks.intro}</p>
          <span class="h">
            <ImportFile done={open} />
            <button type="button" class="btn primary" onClick={() => setAdding(true)}>
              <MoreIcon name="plus" small />
              {house.playbooks.addShort}
            </button>
          </span>
        </div>
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        <section
          key="list"
          class="card flush list"
          aria-busy={String(playbooks === null && problem === null)}
        >
          {playbooks?.length === 0 ? <p class="nothing">{house.playbooks.none}</p> : null}
          <ul class="lines">
            {(playbooks ?? []).map((playbook) => (
              <Row key={playbook.id} playbook={playbook} />
            ))}
          </ul>
        </section>
        {adding ? (
          <NewPlaybook
            key="new"
            taken={(playbooks ?? []).map(({ id }) => id)}
            added={({ id }) => open(id)}
            onClose={() => setAdding(false)}
          />
        ) : null}
      </main>
    </>
  );
};
