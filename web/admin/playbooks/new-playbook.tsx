import type { Playbook } from "#contract";
import { house } from "../../i18n/house.ts";
import { valuesOf } from "../../ui/field.tsx";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { useWork } from "../../ui/work.ts";
import { productOf } from "./form-values.ts";
import { ProductFields } from "./product-fields.tsx";
import { freeId, slugOf } from "./slug.ts";

type Props = { taken: string[]; added: (playbook: Playbook) => void; onClose: () => void };

/** The form that adds a playbook without cards; its id comes from its name. */
export const NewPlaybook = ({ taken, added, onClose }: Props) => {
  const { busy, problem, work } = useWork();
  const submit = (event: Event): void => {
    event.preventDefault();
    const content = productOf(valuesOf(event.currentTarget as HTMLFormElement));
    const id = freeId(slugOf(content.name) || "playbook", taken);
    void work(async () => added(await adminApi.addPlaybook({ ...content, id })));
  };
  return (
    <Sheet side label={house.playbooks.add} onClose={onClose}>
      <div class="h sb">
        <h1>{house.playbooks.add}</h1>
        <CloseButton />
      </div>
      <form class="stacked editor" onSubmit={submit}>
        <ProductFields of={null} problem={problem} />
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        <button type="submit" class="btn primary" disabled={busy}>
          {busy ? house.playbooks.saving : house.playbooks.create}
        </button>
      </form>
    </Sheet>
  );
};
