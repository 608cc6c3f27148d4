import type { AgentRow, AlertLimits, CaptureState, Me } from "#contract";
import { t } from "../../i18n/index.ts";
import { team as texts } from "../../i18n/team.ts";
import { Elapsed } from "../../ui/elapsed.tsx";
import { count, initials, rate, share, timeOfDay, timer } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { StateTag } from "../../ui/state.tsx";
import { urgencyOf, type Urgency } from "../alerts/alerts.ts";
import { lostVoice } from "../alerts/lost-voice.ts";
import { ENOUGH } from "./view.ts";
import "../../ui/voices.css";

/** The column heads of the wide layout. */
export const AgentsHead = () => (
  <div class="hd agent" aria-hidden="true">
    <span />
    <span>{texts.agent}</span>
    <span>{texts.state}</span>
    <span class="r">{texts.time}</span>
    <span class="r">{texts.calls}</span>
    <span class="r">{texts.sales}</span>
    <span class="r">{texts.success}</span>
    <span class="r">{texts.ai}</span>
    <span class="only-xl">{texts.voice}</span>
  </div>
);

/** Two bars: the agent's voice above, the customer's below; a hollow one is not being recorded. */
const CaptureGlyph = ({ capture }: Pick<AgentRow, "capture">) => {
  const bar = (state: CaptureState | undefined) => (state === undefined ? "off" : state === "ok" ? "" : "no");
  return (
    <span class="cp cap" data-capture={capture ? `${capture.agent} ${capture.customer}` : ""}>
      <i class={bar(capture?.agent)}></i>
      <i class={bar(capture?.customer)}></i>
    </span>
  );
};

/** The voice that is missing, in words; nothing while both are recorded. */
const CaptureWarning = ({ capture }: Pick<AgentRow, "capture">) => {
  const lost = lostVoice(capture);
  if (lost === null) return null;
  return (
    <span key={lost} class="tag warn xs not-xl">
      <Icon name="warning" small />
      {texts.lost[lost]}
    </span>
  );
};

/** Which voices are recorded, on a wide page. */
const Voices = ({ capture }: Pick<AgentRow, "capture">) => {
  const lost = lostVoice(capture);
  const tone = lost ? "warn" : capture ? "soft" : "faint";
  return (
    <span key={lost ?? tone} class={`only-xl sm ${tone}`}>
      {texts.voices[lost ?? (capture ? "whole" : "none")]}
    </span>
  );
};

/** Time in the state: plain, amber with a clock, red with a triangle. */
const Timer = ({ agent, urgency, me }: { agent: AgentRow; urgency: Urgency; me: Me }) => {
  if (agent.state === "offline")
    return (
      <span key="off" class="sm faint">
        {t.state.since(timeOfDay(agent.since, me.timeZone))}
      </span>
    );
  if (urgency === null) return <Elapsed key={agent.state} since={agent.since} />;
  return (
    <span key={urgency} class={`over ${urgency}`}>
      <Icon name={urgency === "bad" ? "warning" : "clock"} small />
      <Elapsed since={agent.since} />
      <span class="vh"> {texts.late}</span>
    </span>
  );
};

/** One agent: two lines on a phone, one row of columns on a desk. */
export const AgentLine = ({
  agent,
  limits,
  now,
  me,
  open,
}: {
  agent: AgentRow;
  limits: AlertLimits | null;
  now: number;
  me: Me;
  open: () => void;
}) => {
  const urgency = urgencyOf(agent, limits, now);
  const { numerator, denominator, value } = agent.successRate;
  const elapsed = timer((now - Date.parse(agent.since)) / 1000);
  const figures = `${agent.calls} ${agent.sales} ${agent.aiAsks}`;
  return (
    <button type="button" class="agent" onClick={open} data-agent={agent.id} data-state={agent.state}>
      <span class="av" aria-hidden="true">
        {initials(agent.name)}
        <CaptureGlyph key={`${agent.capture?.agent} ${agent.capture?.customer}`} capture={agent.capture} />
      </span>
      <span class="nm h">
        <span class="cut">{agent.name}</span>
        <CaptureWarning capture={agent.capture} />
      </span>
      <span class="st h">
        <StateTag state={agent.state} reason={agent.reason} />
        {agent.aiAsks > 0 ? (
          <span key={figures} class="tag ai only-m">
            <Icon name="ai" small />
            {count(agent.aiAsks)}
            <span class="vh"> {texts.aiAsks}</span>
          </span>
        ) : null}
      </span>
      <span key={`t ${agent.state} ${urgency} ${elapsed.length}`} class="tm r">
        <Timer agent={agent} urgency={urgency} me={me} />
      </span>
      <span key={`m ${figures}`} class="nu only-m" aria-label={rate(agent.successRate)}>
        {t.rate(count(numerator), count(denominator))} <span class="faint">({share(value)})</span>
      </span>
      <span key={`c ${figures}`} class="only-d r">
        {count(agent.calls)}
      </span>
      <span key={`s ${figures}`} class="only-d r">
        {count(agent.sales)}
      </span>
      <span key={`r ${figures}`} class={`only-d r ${denominator < ENOUGH ? "faint" : "soft"}`}>
        {share(value)}
      </span>
      <span key={`a ${figures}`} class={`only-d r ${agent.aiAsks > 0 ? "ai" : "faint"}`}>
        {count(agent.aiAsks)}
      </span>
      <Voices capture={agent.capture} />
    </button>
  );
};
