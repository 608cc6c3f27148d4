import type { AgentRow } from "#contract";
import { t } from "../../i18n/index.ts";
import { count, initials, share } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";

/** Agents by sales, and by calls needed for them where sales are equal. */
const best = (agents: AgentRow[]): AgentRow[] =>
  agents
    .filter(({ sales }) => sales > 0)
    .toSorted((a, b) => b.sales - a.sales || a.calls - b.calls || a.name.localeCompare(b.name))
    .slice(0, 3);

/** Three fixed places; each fills with whoever holds it. */
export const TopSales = ({ agents }: { agents: AgentRow[] }) => {
  const top = best(agents);
  return (
    <section class="card flush three">
      <header>
        <h2>{t.panel.topSales}</h2>
        <a class="sm soft h link" href="#equipo">
          {t.panel.team}
          <Icon name="next" small />
        </a>
      </header>
      {top.length === 0 ? (
        <p key="none" class="nothing">
          {t.panel.topSalesNone}
        </p>
      ) : null}
      <div class="rows">
        {top.map((agent) => (
          <a key={`${agent.id} ${agent.sales} ${agent.calls}`} href="#equipo">
            <span class="av" aria-hidden="true">
              {initials(agent.name)}
            </span>
            <span class="grow b cut">{agent.name}</span>
            <span class="nw">
              <b class="b">{count(agent.sales)}</b>{" "}
              <span class="sm soft">
                {t.ofWhole(count(agent.successRate.denominator), share(agent.successRate.value))}
              </span>
            </span>
          </a>
        ))}
      </div>
    </section>
  );
};
