import type { AgentRow, Me, MetricId } from "#contract";
import { t } from "../../i18n/index.ts";
import { team as texts } from "../../i18n/team.ts";
import { count, dayAt, share } from "../../ui/format.ts";
import { Opens } from "../figures/opens.tsx";
import { ENOUGH } from "./view.ts";

/** An agent's figures of today; each opens. */
export const AgentFigures = ({ agent, me }: { agent: AgentRow; me: Me }) => {
  const day = dayAt(new Date(), me.timeZone);
  const { numerator, denominator, value } = agent.successRate;
  const place = { agent: agent.id, from: day, to: day };
  const figures: [metric: MetricId, value: string, label: string, tone: string][] = [
    ["calls", count(agent.calls), texts.callsToday, ""],
    ["sales", count(agent.sales), texts.sales, ""],
    [
      "successRate",
      share(value),
      t.rate(count(numerator), count(denominator)),
      denominator < ENOUGH ? "soft" : "",
    ],
    ["aiAsks", count(agent.aiAsks), texts.ai, "ai"],
  ];
  return (
    <div class="stat">
      {figures.map(([metric, figure, label, tone]) => (
        <div>
          <b class={tone}>
            <Opens metric={metric} place={place} who={agent.name} label={label}>
              {figure}
            </Opens>
          </b>
          <span class="xs soft">{label}</span>
        </div>
      ))}
    </div>
  );
};
