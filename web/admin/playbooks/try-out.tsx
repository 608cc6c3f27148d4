import { useState } from "hono/jsx/dom";
import type { Playbook, SearchTried } from "#contract";
import { house } from "../../i18n/house.ts";
import { Field, valuesOf } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { useWork } from "../../ui/work.ts";

type Props = { playbook: Playbook; open: (cardId: string) => void };
type FoundProps = { tried: SearchTried; name: string; open: Props["open"] };

const Found = ({ tried, name, open }: FoundProps) => {
  const elsewhere = tried.playbook !== name;
  return (
    <>
      {tried.playbook === null ? <p class="note">{house.tryOut.noPlaybook}</p> : null}
      {tried.playbook !== null && elsewhere ? (
        <p class="note">{house.tryOut.elsewhere(tried.playbook)}</p>
      ) : null}
      {tried.playbook !== null && !tried.found.some(({ sure }) => sure) ? (
        <p class="soft sm">{house.tryOut.none}</p>
      ) : null}
      <ul class="rows bleed">
        {tried.found.map(({ id, title, kind, sure }, i) => (
          <li key={id} data-found={id} data-sure={String(sure)}>
            <span class="grow">
              <button type="button" class="b cut link h" disabled={elsewhere} onClick={() => open(id)}>
                {title}
              </button>
              <span class="sm soft">{house.kinds[kind]}</span>
            </span>
            {sure && i === 0 ? (
              <span key="shown" class="tag pill ok">
                <Icon name="check" small />
                {house.tryOut.sure}
              </span>
            ) : (
              <span key="other" class="sm faint unsure">
                {sure ? house.tryOut.also : house.tryOut.unsure}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
};

/** «Probar»: which card a customer's words would bring. */
export const TryOut = ({ playbook, open }: Props) => {
  const { busy, problem, work } = useWork();
  const [tried, setTried] = useState<SearchTried | null>(null);
  const { product, about, language } = playbook;
  const submit = (event: Event): void => {
    event.preventDefault();
    const { said = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    const context = [product, ...about].join(" ").slice(0, 500);
    if (said !== "") void work(async () => setTried(await adminApi.tryOut(said, context, language)));
  };
  return (
    <section class="card stacked" data-form="try">
      <header class="tight">
        <h2>{house.tryOut.title}</h2>
      </header>
      <form class="beside" onSubmit={submit}>
        <Field
          name="said"
          label={house.tryOut.label}
          placeholder={house.tryOut.placeholder}
          maxLength={500}
        />
        <button type="submit" class="btn" disabled={busy}>
          {house.tryOut.action}
        </button>
      </form>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      <div key="found" role="status">
        {tried ? <Found tried={tried} name={playbook.name} open={open} /> : null}
      </div>
    </section>
  );
};
