import type { Call, Me, Totals } from "#contract";
import { day as texts } from "../../i18n/day.ts";
import { t } from "../../i18n/index.ts";
import { time as timeTexts } from "../../i18n/time.ts";
import { Outcome } from "../../ui/disposition.tsx";
import { clockLength, contactName, rate, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Stack } from "../../ui/stack.tsx";

/** «Mis llamadas»: today's, with how they went; each leads to its recording. */
export const OwnCalls = ({ calls, me, totals }: { calls: Call[]; me: Me; totals: Totals | undefined }) => (
  <section class="card flush list">
    <header>
      <h2>{t.day.calls}</h2>
      {totals ? (
        <span key={`${totals.sales} ${totals.calls}`} class="sm soft">
          {rate(totals.successRate)}
        </span>
      ) : null}
    </header>
    {calls.length === 0 ? <p class="nothing">{texts.noCalls}</p> : null}
    <Stack rows={calls} keyOf={({ id }) => id}>
      {(call) => (
        <a class="row" href={call.recorded ? `#grabaciones/${call.id}` : "#grabaciones"} data-call={call.id}>
          <span class="grow">
            <span class="h tiny">
              <span class="b cut">{contactName(call.contact)}</span>
              {call.aiAsks > 0 ? <Icon name="ai" small tone="ai" /> : null}
            </span>
            <span class="sm soft">
              {timeOfDay(call.startedAt, me.timeZone)} · {clockLength(call.talkSeconds ?? 0)}
              {call.corrected ? ` · ${timeTexts.corrected}` : ""}
            </span>
          </span>
          <Outcome of={call} />
        </a>
      )}
    </Stack>
  </section>
);
