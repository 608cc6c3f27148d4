import type { Me } from "#contract";
import type { Board } from "../../board.ts";
import { alerts as texts, loadAlertTexts } from "../../i18n/alerts.ts";
import { useNow } from "../../ui/now.ts";
import { Stack } from "../../ui/stack.tsx";
import { OnCall, OnCallRows } from "../panel/on-call.tsx";
import { AlertCount, AlertLine } from "./alert-line.tsx";
import { useAlerts } from "./watch.ts";

// whoever shows alerts waits for this module, so its words are there with it
await loadAlertTexts();

/** The panel's card: what needs somebody, then who is talking now. It keeps its size; more than it holds scrolls. */
export const Attention = ({ live, me }: { live: Board; me: Me }) => {
  const now = useNow();
  const { alerts } = useAlerts(live, now);
  if (alerts.length === 0) return <OnCall key="quiet" calls={live.calls} />;
  return (
    <section key={`alerts ${alerts.length}`} class="card flush on-call" data-attention={alerts.length}>
      <header>
        <h2>{texts.title}</h2>
        <AlertCount alerts={alerts} />
      </header>
      <Stack rows={alerts} keyOf={({ key }) => key}>
        {(alert) => <AlertLine alert={alert} now={now} timeZone={me.timeZone} />}
      </Stack>
      <OnCallRows calls={live.calls} />
    </section>
  );
};
