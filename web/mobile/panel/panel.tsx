import type { FC } from "hono/jsx/dom";
import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AgentRow, Me, Stats } from "#contract";
import type { Board } from "../../board.ts";
import { t } from "../../i18n/index.ts";
import { board } from "../../live.ts";
import { timeOfDay, weekdayOf } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { useStore } from "../../ui/store.ts";
import { connectedLine, scopeName } from "../scope.ts";
import { ExportButton } from "./export-button.tsx";
import { Hours } from "./hours.tsx";
import { LatestSales } from "./latest-sales.tsx";
import { OnCall } from "./on-call.tsx";
import { Tiles } from "./tiles.tsx";
import { TopSales } from "./top-sales.tsx";
import { Week } from "./week.tsx";

/** Nothing to show yet: no agents, or none of them was ever there. */
function isNew({ agents, calls, stats }: Board): boolean {
  if (stats === null) return false;
  const idle = agents.every(({ state }) => state === "offline");
  return idle && calls.length === 0 && stats.days.every((day) => day.calls === 0);
}

const WEEK_MS = 7 * 86_400_000;

function until({ until, timeZone, weekBefore }: Stats): string {
  const time = timeOfDay(until, timeZone);
  if (weekBefore.calls === 0) return t.panel.until(time);
  return t.panel.untilAgainst(time, weekdayOf(new Date(Date.parse(until) - WEEK_MS), timeZone));
}

type Card = FC<{ live: Board; me: Me }>;

/** What needs somebody: its code is not in the first load, it comes once the figures and charts have. */
function useAttention(): Card | undefined {
  const [card, setCard] = useState<{ Attention?: Card }>({});
  useLayoutEffect(() => {
    const load = async (): Promise<void> => {
      await import("./bars.ts");
      await new Promise((resolve) => setTimeout(resolve, 600));
      setCard(await import("../alerts/attention.tsx"));
    };
    // without it the card still tells who is talking
    load().catch(() => undefined);
  }, []);
  return card.Attention;
}

/** What to do before the first call; only a new company loads it. */
const Start: FC<{ me: Me; agents: AgentRow[] }> = (props) => {
  const [page, setPage] = useState<{ Empty: typeof Start } | null>(null);
  useLayoutEffect(() => void import("./empty.tsx").then(setPage), []);
  return page && <page.Empty {...props} />;
};

/** «Panel»: today at a glance, live. */
export const Panel = ({ me }: { me: Me }) => {
  const now = useStore(board);
  const { stats } = now;
  const Attention = useAttention();
  return (
    <>
      <Header me={me} title={scopeName(me)} sub={connectedLine(now)} action={<ExportButton me={me} />} />
      {isNew(now) ? (
        <Start key="empty" me={me} agents={now.agents} />
      ) : (
        <main key="panel" aria-busy={stats === null ? "true" : undefined}>
          <h2 class="vh">{t.panel.summary}</h2>
          <p class="hint line">{stats ? until(stats) : t.loading}</p>
          <Tiles stats={stats} />
          <div class="pan">
            {Attention ? (
              <Attention key="attention" live={now} me={me} />
            ) : (
              <OnCall key="on-call" calls={now.calls} />
            )}
            <Hours stats={stats} />
            <Week stats={stats} />
          </div>
          <div class="cols even">
            <TopSales agents={now.agents} />
            <LatestSales me={me} />
          </div>
        </main>
      )}
    </>
  );
};
