import { useState } from "hono/jsx/dom";
import type { CopilotStatus } from "#contract";
import { chooseModel, isModel, loadCopilot } from "../../copilot.ts";
import { t } from "../../i18n/index.ts";
import { house } from "../../i18n/house.ts";
import { Icon } from "../../ui/icon.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";

/** The model that answers the whole company, among the installed ones. */
export const HouseModel = ({ status }: { status: CopilotStatus }) => {
  const { problem, work } = useWork();
  const [wanted, setWanted] = useState("");
  const choose = async (model: string): Promise<void> => {
    setWanted(model);
    await work(() => chooseModel(model));
    setWanted("");
  };
  return (
    <section class="card flush">
      <header>
        <h2>{house.copilot.model}</h2>
      </header>
      <p class="nothing soft sm">{house.copilot.modelText}</p>
      <div class="rows" role="radiogroup" aria-label={house.copilot.model}>
        {status.models.map((model) => {
          const chosen = isModel(model, wanted || status.model);
          return (
            <label key={model} class="pick" data-model={model}>
              <input
                type="radio"
                name="model"
                checked={chosen}
                disabled={wanted !== ""}
                onChange={() => void choose(model)}
              />
              <span class="grow cut b">{model}</span>
              {chosen ? (
                <span key="chosen" class="tag pill ok">
                  <Icon name="check" small />
                  {house.copilot.chosen}
                </span>
              ) : null}
            </label>
          );
        })}
      </div>
      {!status.available ? (
        <div key="off" class="nothing">
          <p class="note">
            <Icon name="none" small />
            <span>{house.copilot.off}</span>
          </p>
          <button type="button" class="btn" onClick={() => void loadCopilot()}>
            {t.retry}
          </button>
        </div>
      ) : null}
      {status.available && status.models.length === 0 ? (
        <p key="none" class="nothing">
          {house.copilot.noModels}
        </p>
      ) : null}
      {problem ? (
        <div key="problem" class="nothing">
          <Trouble problem={problem} />
        </div>
      ) : null}
    </section>
  );
};
