import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { CopilotSettings, Me, Problem } from "#contract";
import { useCopilot } from "../../copilot.ts";
import { t } from "../../i18n/index.ts";
import { house } from "../../i18n/house.ts";
import { Header } from "../../ui/header.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { useWork } from "../../ui/work.ts";
import { FetchModel } from "./fetch-model.tsx";
import { HouseModel } from "./house-model.tsx";
import { Switch } from "../../ui/switch.tsx";

const HoldOut = () => {
  const [settings, setSettings] = useState<CopilotSettings | null>(null);
  const { busy, problem, work } = useWork();
  useLayoutEffect(() => void work(async () => setSettings(await adminApi.settings())), []);
  return (
    <section class="card stacked" aria-busy={String(settings === null)}>
      <header class="tight">
        <h2>{house.copilot.holdOut}</h2>
      </header>
      <p class="soft">{house.copilot.holdOutText}</p>
      <Switch
        label={house.copilot.holdOutSwitch}
        checked={settings?.holdOut ?? false}
        disabled={busy || settings === null}
        toggle={(on) => void work(async () => setSettings(await adminApi.holdOut(on)))}
      />
      <p class="hint">{house.copilot.holdOutWhy}</p>
      {problem ? <Trouble problem={problem} /> : null}
    </section>
  );
};

const Waiting = ({ problem }: { problem: Problem | null }) =>
  problem ? (
    <Trouble key="problem" problem={problem} />
  ) : (
    <p key="busy" class="soft" aria-busy="true">
      {t.loading}
    </p>
  );

/** «Copiloto»: the house's model, other models on their way, and whether calls are compared. */
export const CopilotPage = ({ me }: { me: Me }) => {
  const { status, problem } = useCopilot(undefined, true);
  return (
    <>
      <Header me={me} title={house.copilot.title} />
      <main>
        {status === null ? (
          <Waiting key="waiting" problem={problem} />
        ) : (
          <div key="parts" class="cols even">
            <div class="column">
              <HouseModel status={status} />
              <FetchModel pulls={status.pulls} />
            </div>
            <div class="column">
              <HoldOut />
            </div>
          </div>
        )}
      </main>
    </>
  );
};
