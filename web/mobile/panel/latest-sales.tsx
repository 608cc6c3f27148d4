import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Call, Me, Recording } from "#contract";
import { api } from "../../api.ts";
import { t } from "../../i18n/index.ts";
import { board } from "../../live.ts";
import { clockLength, contactName, dayAt, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { useStore } from "../../ui/store.ts";
import { Glance } from "../../ui/waveform.tsx";

type Found = { calls: Call[]; recordings: Recording[] };

/** Today's sales so far; an empty list while they are on their way. */
function useSalesOfToday(me: Me): Found {
  const [found, setFound] = useState<Found>({ calls: [], recordings: [] });
  useLayoutEffect(() => {
    const day = dayAt(new Date(), me.timeZone);
    const query = { disposition: "sale", from: day, to: day, limit: 3 };
    Promise.all([api.calls(query), api.recordings(query)]).then(
      ([calls, recordings]) => setFound({ calls: calls.items, recordings: recordings.items }),
      // the live board says that the server is away, and brings what is new once it is back
      () => undefined,
    );
  }, []);
  return found;
}

/** The last three sales; each leads to its recording. */
export const LatestSales = ({ me }: { me: Me }) => {
  const live = useStore(board);
  const found = useSalesOfToday(me);
  const ended = [
    ...live.calls,
    ...found.calls.filter(({ id }) => !live.calls.some((call) => call.id === id)),
  ];
  const sales = ended
    .filter(({ disposition }) => disposition === "sale")
    .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
    .slice(0, 3);
  const recordings = [...live.recordings, ...found.recordings];
  return (
    <section class="card flush three">
      <header>
        <h2>{t.panel.latestSales}</h2>
        <a class="sm soft h link" href="#grabaciones">
          {t.panel.listen}
          <Icon name="next" small />
        </a>
      </header>
      {sales.length === 0 ? (
        <p key="none" class="nothing">
          {t.panel.latestSalesNone}
        </p>
      ) : null}
      <div class="rows">
        {sales.map((call) => (
          <a key={call.id} href={call.recorded ? `#grabaciones/${call.id}` : "#grabaciones"}>
            <Glance loud glance={recordings.find(({ callId }) => callId === call.id)?.glance} />
            <span class="grow">
              <span class="b cut">{contactName(call.contact)}</span>
              <span class="sm soft cut">{call.agentName}</span>
            </span>
            <span class="sm soft nw">
              {timeOfDay(call.startedAt, me.timeZone)} · {clockLength(call.talkSeconds ?? 0)}
            </span>
          </a>
        ))}
      </div>
    </section>
  );
};
