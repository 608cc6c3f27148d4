import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AgentRow, Call, Me, Problem } from "#contract";
import { api, problemOf } from "../../api.ts";
import { t } from "../../i18n/index.ts";
import { Elapsed } from "../../ui/elapsed.tsx";
import {
  clockLength,
  contactName,
  count,
  dayAt,
  initials,
  maskPhone,
  rate,
  share,
  timeOfDay,
} from "../../ui/format.ts";
import { Outcome } from "../../ui/disposition.tsx";
import { Icon } from "../../ui/icon.tsx";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { StateTag } from "../../ui/state.tsx";
import { Trouble } from "../../ui/trouble.tsx";

type Found = { calls: Call[] | null; problem: Problem | null };

function useCallsOfToday(agentId: string, me: Me): Found {
  const [found, setFound] = useState<Found>({ calls: null, problem: null });
  useLayoutEffect(() => {
    const day = dayAt(new Date(), me.timeZone);
    api.calls({ agent: agentId, from: day, to: day, limit: 8 }).then(
      ({ items }) => setFound({ calls: items, problem: null }),
      (error: unknown) => setFound({ calls: null, problem: problemOf(error) }),
    );
  }, [agentId]);
  return found;
}

/** An agent's contact is a name or a phone; phones are masked. */
const contactOf = (contact: string): string =>
  /^[+0-9 ()./-]+$/.test(contact) ? maskPhone(contact) : contact;

const Stat = ({ value, label, tone }: { value: string; label: string; tone?: string }) => (
  <div>
    <b class={tone}>{value}</b>
    <span class="xs soft">{label}</span>
  </div>
);

/** One agent's day so far. */
export const AgentSheet = ({ agent, me, onClose }: { agent: AgentRow; me: Me; onClose: () => void }) => {
  const { calls, problem } = useCallsOfToday(agent.id, me);
  const { numerator, denominator } = agent.successRate;
  return (
    <Sheet side label={t.team.sheet(agent.name)} onClose={onClose}>
      <div class="h">
        <span class="av big" aria-hidden="true">
          {initials(agent.name)}
        </span>
        <div class="grow">
          <h1 class="cut">{agent.name}</h1>
          <span class="sm soft">{agent.team}</span>
        </div>
        <CloseButton />
      </div>
      <div class="card">
        <div class="h sb">
          <StateTag state={agent.state} reason={agent.reason} strong />
          <span class="metric">
            <Elapsed since={agent.since} />
          </span>
        </div>
        {agent.contact ? <div class="sm soft">{t.team.with(contactOf(agent.contact))}</div> : null}
      </div>
      <CaptureNote capture={agent.capture} />
      <div class="stat" title={rate(agent.successRate)}>
        <Stat value={count(agent.calls)} label={t.team.callsToday} />
        <Stat value={count(agent.sales)} label={t.team.sales} />
        <Stat value={share(agent.successRate.value)} label={t.rate(count(numerator), count(denominator))} />
        <Stat value={count(agent.aiAsks)} label={t.team.ai} tone="ai" />
      </div>
      <div>
        <h2>{t.team.lastCalls}</h2>
        {problem ? <Trouble problem={problem} /> : null}
        {calls?.length === 0 ? <p class="hint">{t.team.noCalls}</p> : null}
        <div class="rows bleed">
          {(calls ?? []).map((call) => (
            <a key={call.id} href={call.recorded ? `#grabaciones/${call.id}` : "#grabaciones"}>
              <span class="grow">
                <span class="b cut">{contactName(call.contact)}</span>
                <span class="sm soft">
                  {timeOfDay(call.startedAt, me.timeZone)} · {clockLength(call.talkSeconds ?? 0)}
                </span>
              </span>
              <Outcome of={call} />
            </a>
          ))}
        </div>
      </div>
    </Sheet>
  );
};

/** Which voice is not recorded, and what to do about it. */
const CaptureNote = ({ capture }: Pick<AgentRow, "capture">) => {
  if (!capture || (capture.agent === "ok" && capture.customer === "ok")) return null;
  const side = capture.customer === "ok" ? "agent" : "customer";
  return (
    <div key={side} class="note" role="status">
      <Icon name="warning" tone="warn" />
      <div class="grow">
        <div class="b">{t.team.captureFault[side]}</div>
        {t.team.captureTodo}
      </div>
    </div>
  );
};
