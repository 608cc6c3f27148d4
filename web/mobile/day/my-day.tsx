import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AgentRow, Call, Me } from "#contract";
import { api } from "../../api.ts";
import { t } from "../../i18n/index.ts";
import { loadTalkTexts } from "../../i18n/talk.ts";
import { board } from "../../live.ts";
import { Elapsed } from "../../ui/elapsed.tsx";
import { clockLength, contactName, dayAt, rate, timeOfDay } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { Outcome } from "../../ui/disposition.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Stack } from "../../ui/stack.tsx";
import { StateTag } from "../../ui/state.tsx";
import { useStore } from "../../ui/store.ts";
import { useWrapUp, WrapUp } from "../../ui/wrap-up.tsx";
import { Tiles } from "../panel/tiles.tsx";
import { LastTalk } from "../talk/last-talk.tsx";
import { Help } from "./help.tsx";

// whoever opens the day waits for this module, so its words are there with it
await loadTalkTexts();

/** Today's calls of this agent: what was there when the page opened, with what came live. */
function useOwnCalls(me: Me): { calls: Call[]; put: (call: Call) => void } {
  const live = useStore(board).calls;
  const [found, setFound] = useState<Call[]>([]);
  useLayoutEffect(() => {
    const day = dayAt(new Date(), me.timeZone);
    // a failure shows as the lost connection of the live board, which brings the calls when it is back
    api.calls({ from: day, to: day, limit: 50 }).then(
      ({ items }) => setFound(items),
      () => undefined,
    );
  }, []);
  const byId = new Map(found.map((call) => [call.id, call]));
  for (const call of live) byId.set(call.id, call);
  const calls = [...byId.values()].toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  return { calls, put: (call) => setFound([call, ...found.filter(({ id }) => id !== call.id)]) };
}

type NowProps = { me: Me; row: AgentRow | undefined; call: Call | undefined };

const NowCard = ({ me, row, call }: NowProps) => (
  <section class="card now">
    <div class="h sb">
      {row ? (
        <StateTag state={row.state} reason={row.reason} strong />
      ) : (
        <span class="tag soft">{t.loading}</span>
      )}
    </div>
    <div>
      <div class="timer">{row ? <Elapsed key={row.state} since={row.since} /> : t.none}</div>
      <div class="soft">{call ? contactName(call.contact) : t.day.noCall}</div>
    </div>
    <Help me={me} calling={call !== undefined} />
  </section>
);

type LastProps = {
  /** The one that waits for its outcome. */
  call: Call | null;
  /** The last one that was recorded. */
  before: Call | undefined;
  me: Me;
  saved: (call: Call) => void;
};

/** The card stays when there is nothing to ask, so that nothing below it moves; then it shows who spoke in the last one. */
const LastCall = ({ call, before, me, saved }: LastProps) => {
  const wrapUp = useWrapUp(call, saved);
  return (
    <section class="card last-call" data-wrap-up={call?.id}>
      <header class="tight">
        <h2>{t.day.how}</h2>
      </header>
      <p class="sm soft below">
        {call
          ? t.day.with(contactName(call.contact), timeOfDay(call.startedAt, me.timeZone))
          : t.day.noneToMark}
      </p>
      {call ? (
        <WrapUp key="wrap-up" wrapUp={wrapUp} />
      ) : before ? (
        <LastTalk key={before.id} call={before} me={me} />
      ) : null}
    </section>
  );
};

/** «Mi día»: an agent's own state, figures and calls; the last call can be given its outcome here. */
export const MyDay = ({ me }: { me: Me }) => {
  const live = useStore(board);
  const { calls, put } = useOwnCalls(me);
  const row = live.agents.find(({ id }) => id === me.id);
  const current = calls.find(({ endedAt }) => endedAt === null);
  const ended = calls.filter(({ endedAt }) => endedAt !== null);
  const last = ended[0];
  const unmarked = last && last.disposition === null && !current ? last : null;
  const totals = live.stats?.totals;
  return (
    <>
      <Header me={me} title={t.day.hello(me.name.split(" ")[0] ?? me.name)} />
      <main>
        <div class="cols even">
          <NowCard me={me} row={row} call={current} />
          <LastCall
            key={unmarked?.id ?? "none"}
            call={unmarked}
            before={ended.find(({ recorded }) => recorded)}
            me={me}
            saved={put}
          />
        </div>
        <Tiles stats={live.stats} />
        <section class="card flush list">
          <header>
            <h2>{t.day.calls}</h2>
            {totals ? (
              <span key={`${totals.sales} ${totals.calls}`} class="sm soft">
                {rate(totals.successRate)}
              </span>
            ) : null}
          </header>
          {ended.length === 0 ? <p class="nothing">{t.day.noCalls}</p> : null}
          <Stack rows={ended} keyOf={({ id }) => id}>
            {(call) => (
              <a
                class="row"
                href={call.recorded ? `#grabaciones/${call.id}` : "#grabaciones"}
                data-call={call.id}
              >
                <span class="grow">
                  <span class="h tiny">
                    <span class="b cut">{contactName(call.contact)}</span>
                    {call.aiAsks > 0 ? <Icon name="ai" small tone="ai" /> : null}
                  </span>
                  <span class="sm soft">
                    {timeOfDay(call.startedAt, me.timeZone)} · {clockLength(call.talkSeconds ?? 0)}
                  </span>
                </span>
                <Outcome of={call} />
              </a>
            )}
          </Stack>
        </section>
      </main>
    </>
  );
};
