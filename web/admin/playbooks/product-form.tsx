import { useState } from "hono/jsx/dom";
import type { Playbook } from "#contract";
import { house } from "../../i18n/house.ts";
import { valuesOf } from "../../ui/field.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { Switch } from "../../ui/switch.tsx";
import { useWork } from "../../ui/work.ts";
import { FactFields } from "./fact-fields.tsx";
import { productOf } from "./form-values.ts";
import { ProductFields } from "./product-fields.tsx";

/** What a playbook says of its product, and whether it is used. */
export const ProductForm = ({ playbook, saved }: { playbook: Playbook; saved: (now: Playbook) => void }) => {
  const { busy, problem, work } = useWork();
  const [done, setDone] = useState(false);
  const { cards: _cards, expired: _expired, updatedAt: _at, ...content } = playbook;
  // whatever changed it, the fields show what is there now
  const shape = JSON.stringify(content);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const values = valuesOf(event.currentTarget as HTMLFormElement);
    const use = { active: values["active"] === "on", main: values["main"] === "on" };
    setDone(false);
    setDone(
      await work(async () =>
        saved(await adminApi.changePlaybook(playbook.id, { ...productOf(values), ...use })),
      ),
    );
  };
  return (
    <section class="card">
      <header>
        <h2>{house.product.title}</h2>
      </header>
      <form key={shape} class="stacked" data-form="product" onSubmit={(event: Event) => void submit(event)}>
        <ProductFields of={playbook} problem={problem} />
        <div>
          <h3>{house.product.factsTitle}</h3>
          <p class="hint">{house.product.factsText}</p>
        </div>
        <FactFields facts={playbook.facts} forbidden={playbook.forbidden} problem={problem} />
        <div>
          <Switch name="active" label={house.product.active} checked={playbook.active} />
          <Switch
            name="main"
            label={house.product.main}
            hint={house.product.mainHint}
            checked={playbook.main}
          />
        </div>
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        <button type="submit" class="btn" disabled={busy}>
          {busy ? house.playbooks.saving : house.playbooks.save}
        </button>
        <p class="hint line" role="status">
          {done ? house.playbooks.saved : ""}
        </p>
      </form>
    </section>
  );
};
