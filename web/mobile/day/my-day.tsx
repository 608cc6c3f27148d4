import type { AgentDay, AgentRow, Call, DeclaredState, Me } from "#contract";
import { loadAlertTexts } from "../../i18n/alerts.ts";
import { day as texts, loadDayTexts } from "../../i18n/day.ts";
import { t } from "../../i18n/index.ts";
import { loadOutcomeTexts } from "../../i18n/outcome.ts";
import { loadTalkTexts, talk } from "../../i18n/talk.ts";
import { loadTimeTexts } from "../../i18n/time.ts";
import { board } from "../../live.ts";
import { Elapsed } from "../../ui/elapsed.tsx";
import { Header } from "../../ui/header.tsx";
import { useNow } from "../../ui/now.ts";
import { StateTag } from "../../ui/state.tsx";
import { useStore } from "../../ui/store.ts";
import { Tiles } from "../panel/tiles.tsx";
import { LastTalk } from "../talk/last-talk.tsx";
import { Corrections } from "../time/corrections.tsx";
import { DayBar } from "../time/day-bar.tsx";
import { Stretches } from "../time/stretches.tsx";
import { Callbacks, isOverdue } from "./callbacks.tsx";
import "../../ui/keys.css";
import "./day.css";
import { Goals } from "./goals.tsx";
import { Help } from "./help.tsx";
import { LastCall } from "./last-call.tsx";
import { OwnCalls } from "./own-calls.tsx";
import { OwnVoices } from "./own-voices.tsx";
import { StatePicker } from "./state-picker.tsx";
import { useToday } from "./today.ts";
import { Who } from "./who.tsx";

// whoever opens the day waits for this module, so its words are there with it
await Promise.all([loadAlertTexts(), loadDayTexts(), loadOutcomeTexts(), loadTalkTexts(), loadTimeTexts()]);

/** What the agent declared last; where nothing tells, that there is time. */
function declaredIn(day: AgentDay | null): DeclaredState {
  const last = day?.stretches.findLast(({ stateId }) => stateId !== null)?.state;
  return last === "paused" || last === "offline" ? last : "available";
}

type NowProps = { me: Me; row: AgentRow | undefined; call: Call | undefined; day: AgentDay | null };

/** The timer, the state and what can be declared, whom the call is with, and the copilot. */
const NowCard = ({ me, row, call, day }: NowProps) => (
  <section class="card now">
    <div class="h sb">
      {row ? (
        <StateTag state={row.state} reason={row.reason} strong />
      ) : (
        <span class="tag soft">{t.loading}</span>
      )}
      {row ? <OwnVoices row={row} /> : null}
    </div>
    <div>
      <div class="timer">
        {row ? <Elapsed key={`${row.state} ${row.since}`} since={row.since} /> : t.none}
      </div>
      {call ? (
        <Who key={call.id} call={call} me={me} />
      ) : (
        <div key="none" class="who soft">
          {texts.noCall}
        </div>
      )}
    </div>
    {row ? <StatePicker key="picker" row={row} declared={declaredIn(day)} /> : null}
    <Help key="help" me={me} calling={call !== undefined} />
  </section>
);

/** Where the time went, pauses by reason, and what was corrected about it. */
const OwnTime = ({ day, me }: { day: AgentDay; me: Me }) => {
  const now = useNow();
  return (
    <section class="card stacked" data-own-time>
      <h2>{texts.time}</h2>
      <DayBar day={day} now={now} />
      <Stretches day={day} now={now} />
      <Corrections corrections={day.corrections} me={me} />
    </section>
  );
};

/** «Mi día»: an agent's own state, goals, callbacks, calls and time; the last call is given its outcome here. */
export const MyDay = ({ me }: { me: Me }) => {
  const live = useStore(board);
  const row = live.agents.find(({ id }) => id === me.id);
  const { calls, waiting, day, settled, News, putCall } = useToday(me, live, row);
  const current = calls.find(({ endedAt }) => endedAt === null);
  const ended = calls.filter(({ endedAt }) => endedAt !== null);
  const [last] = ended;
  const unmarked = last && last.disposition === null && !current ? last : null;
  const recorded = ended.find((call) => call.recorded);
  const overdue = waiting.filter((call) => isOverdue(call, Date.now())).length;
  return (
    <>
      <Header me={me} title={texts.hello(me.name.split(" ")[0] ?? me.name)} action={News && <News />} />
      {settled && live.connection !== "connecting" ? (
        <main key="day">
          <div class="cols even">
            <NowCard me={me} row={row} call={current} day={day} />
            {unmarked ? (
              <LastCall key={unmarked.id} call={unmarked} me={me} saved={putCall} />
            ) : day && row ? (
              <Goals key="goals" day={day} row={row} overdue={overdue} />
            ) : null}
          </div>
          <Tiles stats={live.stats} />
          <div class="cols even">
            <Callbacks calls={waiting} me={me} put={putCall} />
            <OwnCalls calls={ended} me={me} totals={live.stats?.totals} />
          </div>
          <div class="cols even">
            {day ? <OwnTime key="time" day={day} me={me} /> : null}
            {recorded ? (
              <section key="talk" class="card">
                <h2>{talk.who}</h2>
                <LastTalk key={recorded.id} call={recorded} me={me} />
              </section>
            ) : null}
          </div>
        </main>
      ) : (
        // everything comes at once, so that nothing moves
        <main key="loading" aria-busy="true">
          <p class="hint">{t.loading}</p>
        </main>
      )}
    </>
  );
};
