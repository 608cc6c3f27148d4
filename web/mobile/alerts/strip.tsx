import { useState } from "hono/jsx/dom";
import type { Me } from "#contract";
import { alerts as texts, loadAlertTexts } from "../../i18n/alerts.ts";
import { team } from "../../i18n/team.ts";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { Stack } from "../../ui/stack.tsx";
import { AlertCount, AlertLine } from "./alert-line.tsx";
import "./alerts.css";
import { AlertsSheet } from "./alerts-sheet.tsx";
import type { useAlerts } from "./watch.ts";

// whoever shows alerts waits for this module, so its words are there with it
await loadAlertTexts();

/** «Avisos»: opens the choice of what to be told of. */
const Choose = ({ open }: { open: () => void }) => (
  <button type="button" class="btn icon plain choose" aria-label={team.notices.choose} onClick={open}>
    <MoreIcon name="bell" tone="soft" />
  </button>
);

type Props = Pick<ReturnType<typeof useAlerts>, "alerts" | "settings"> & { now: number; me: Me };

/** The team's line of alerts: one row of cards that scrolls sideways, so that nothing below it ever moves. */
export const AttentionStrip = ({ alerts, settings, now, me }: Props) => {
  const [choosing, setChoosing] = useState(false);
  return (
    <section class="card flush attention" data-attention={alerts.length}>
      <header>
        <h2>{texts.title}</h2>
        <AlertCount alerts={alerts} />
        <Choose open={() => setChoosing(true)} />
      </header>
      {alerts.length === 0 && settings !== null ? (
        <p key="none" class="nothing">
          {team.notices.nothing}
        </p>
      ) : null}
      <Stack class="strip" rows={alerts} keyOf={({ key }) => key}>
        {(alert) => <AlertLine alert={alert} now={now} timeZone={me.timeZone} />}
      </Stack>
      {choosing && settings ? (
        <AlertsSheet key="sheet" settings={settings} onClose={() => setChoosing(false)} />
      ) : null}
    </section>
  );
};
