import type { AgentRow, Me } from "#contract";
import { empty as texts, loadEmptyTexts } from "../../i18n/empty.ts";
import { Icon } from "../../ui/icon.tsx";
import { Lane } from "../../ui/waveform.tsx";

// whoever begins waits for this module, so its words are there with it
await loadEmptyTexts();

const AGENT = [
  0, 0, 0, 0, 0, 0, 0, 0, 85, 45, 60, 35, 65, 70, 0, 0, 0, 0, 0, 0, 0, 0, 90, 45, 80, 50, 40, 0, 0, 0, 10, 0,
  70, 55, 75, 50, 95, 45, 0, 0, 0, 0, 0, 0,
];
const CUSTOMER = [
  75, 50, 100, 90, 60, 55, 30, 65, 0, 0, 0, 0, 0, 0, 85, 100, 35, 80, 50, 65, 70, 30, 0, 8, 0, 0, 0, 40, 45,
  85, 60, 25, 0, 0, 0, 0, 0, 0, 100, 70, 55, 45, 60, 85,
];

/** The panel before the first call: what to do so that something appears. */
export const Empty = ({ me, agents }: { me: Me; agents: AgentRow[] }) => {
  const admin = me.role === "admin";
  return (
    <main>
      <section class="card hero">
        <div class="voices" aria-hidden="true">
          <Lane class="agent-voice" peaks={AGENT} width={300} height={30} />
          <Lane class="customer-voice" peaks={CUSTOMER} width={300} height={30} />
        </div>
        <div>
          <h1>{texts.title}</h1>
          <p class="soft">{admin ? texts.text : texts.textOthers}</p>
        </div>
        {admin ? (
          <a class="btn primary" href="/admin#pc">
            {texts.action}
          </a>
        ) : null}
        <p class="live wait" role="status">
          {agents.length === 0 ? texts.waiting : texts.waitingCall}
        </p>
      </section>
      <section class="card flush">
        <header>
          <h2>{texts.after}</h2>
        </header>
        <div class="rows">
          <div>
            <span class="ico acc">
              <Icon name="headset" />
            </span>
            <span class="grow">
              <span class="b cut">{texts.testCall}</span>
              <span class="sm soft">{texts.testCallWhy}</span>
            </span>
          </div>
        </div>
      </section>
    </main>
  );
};
