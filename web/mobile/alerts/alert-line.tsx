import type { Child } from "hono/jsx/dom";
import { alerts as texts } from "../../i18n/alerts.ts";
import { count } from "../../ui/format.ts";
import { Drawing, Icon, type IconName } from "../../ui/icon.tsx";
import type { Alert } from "./alerts.ts";
import { alertWords } from "./words.ts";

const MICROPHONE =
  '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11.5a7 7 0 0 0 14 0M12 18.5V21"/>';
const drawings: Partial<Record<Alert["kind"], IconName>> = {
  long_call: "phone",
  long_wait: "ready",
  long_wrap_up: "pencil",
  long_pause: "pause",
  nobody_available: "team",
  callback_due: "clock",
  goal_reached: "check",
};

const Sign = ({ alert: { kind, tone } }: { alert: Alert }): Child => {
  const name = drawings[kind];
  return <span class={`ico ${tone}`}>{name ? <Icon name={name} /> : <Drawing inside={MICROPHONE} />}</span>;
};

/** Where an alert leads: to its agent, else to the team. */
export const alertHref = ({ agentId }: Alert): string =>
  agentId === null ? "#equipo" : `#equipo/${agentId}`;

/** Who, and what is the matter. */
export const AlertLine = ({ alert, now, timeZone }: { alert: Alert; now: number; timeZone: string }) => (
  <a class="row" href={alertHref(alert)} data-alert={alert.kind} data-tone={alert.tone}>
    <Sign key={`${alert.kind} ${alert.tone}`} alert={alert} />
    <span class="grow">
      <span class="b cut">{alert.who}</span>
      <span class="sm soft cut">{alertWords(alert, now, timeZone)}</span>
    </span>
  </a>
);

/** How many there are to act on; good news does not count. */
export const AlertCount = ({ alerts }: { alerts: Alert[] }) => {
  const bad = alerts.filter(({ tone }) => tone === "bad").length;
  const n = alerts.filter(({ tone }) => tone !== "ok").length;
  return (
    <span key={`${n} ${bad}`} class={`tag ${bad > 0 ? "bad" : "warn"}`}>
      {n === 0 ? "" : texts.count(count(n))}
    </span>
  );
};
