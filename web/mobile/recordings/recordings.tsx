import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me, Recording } from "#contract";
import { t } from "../../i18n/index.ts";
import { loadRecordingTexts, recordings as texts } from "../../i18n/recordings.ts";
import { loadTalkTexts } from "../../i18n/talk.ts";
import { board } from "../../live.ts";
import { clockLength, contactName, shortDay, timeOfDay, dayAt } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { Outcome } from "../../ui/disposition.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Stack } from "../../ui/stack.tsx";
import { useStore } from "../../ui/store.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { Glance } from "../../ui/waveform.tsx";
import { scopeName } from "../scope.ts";
import { ExportButton } from "../panel/export-button.tsx";
import { Filters } from "./filters.tsx";
import { useElsewhere } from "./elsewhere.ts";
import { useRecordings } from "./list.ts";
import { Player } from "./player.tsx";
import "./recordings.css";

// whoever opens the screen waits for this module, so its words are there with it
await Promise.all([loadRecordingTexts(), loadTalkTexts()]);

/** `16:21`, with its day before when that is not today. */
export function momentOf(at: string, timeZone: string): string {
  const time = timeOfDay(at, timeZone);
  const date = new Date(at);
  return dayAt(date, timeZone) === dayAt(new Date(), timeZone) ? time : `${shortDay(date, timeZone)} ${time}`;
}

const Row = ({ one, me, current, open }: { one: Recording; me: Me; current: boolean; open: () => void }) => (
  <button
    type="button"
    class="row"
    aria-current={current ? "true" : undefined}
    data-call={one.callId}
    onClick={open}
  >
    <Glance glance={one.glance} loud={current} />
    <span class="grow">
      <span class="b cut">{contactName(one.contact)}</span>
      <span class="sm soft h tiny">
        <span class="cut">{one.agentName}</span>
        {one.aiAsks > 0 ? (
          <span class="ai">
            <Icon name="ai" small />
            <span class="vh">{texts.withAi}</span>
          </span>
        ) : null}
      </span>
    </span>
    <span class="nw end">
      <span class="sm soft">
        {momentOf(one.startedAt, me.timeZone)} · {clockLength(one.durationSeconds)}
      </span>
      <Outcome of={one} />
    </span>
  </button>
);

/** «Grabaciones»: find a call, look at its two voices, listen. An agent sees the own ones. */
export const RecordingsPage = ({ me }: { me: Me }) => {
  const { agents } = useStore(board);
  const list = useRecordings(me);
  const [openId, setOpenId] = useState<string | null>(location.hash.split("/")[1] ?? null);
  useLayoutEffect(() => {
    const follow = (): void => setOpenId(location.hash.split("/")[1] ?? null);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const items = list.items ?? [];
  const listed = items.find(({ callId }) => callId === openId);
  const elsewhere = useElsewhere(list.items === null || listed ? null : openId);
  const open = listed ?? elsewhere.recording;
  const own = me.role === "agent";
  return (
    <>
      <Header
        me={me}
        title={own ? texts.ownTitle : texts.title}
        sub={own ? me.name : scopeName(me)}
        action={own ? null : <ExportButton me={me} kind="recordings" />}
      />
      <main>
        <Filters wanted={list.wanted} agents={own ? null : agents} change={list.change} />
        {elsewhere.problem ? <Trouble key="elsewhere" problem={elsewhere.problem} /> : null}
        {list.problem ? (
          <div class="h sb">
            <Trouble problem={list.problem} />
            <button type="button" class="btn" onClick={list.again}>
              {t.retry}
            </button>
          </div>
        ) : null}
        <div class="split">
          <div>
            <section class="card flush list" aria-busy={list.items === null ? "true" : undefined}>
              {list.items?.length === 0 ? (
                <div class="nothing">
                  <p>{list.narrowed ? texts.none : texts.noneYet}</p>
                  {list.narrowed ? (
                    <button type="button" class="btn" onClick={list.clear}>
                      {texts.clear}
                    </button>
                  ) : null}
                </div>
              ) : null}
              <Stack rows={items} keyOf={({ callId }) => callId}>
                {(one) => (
                  <Row one={one} me={me} current={one.callId === openId} open={() => setOpenId(one.callId)} />
                )}
              </Stack>
            </section>
            {list.next === null ? null : (
              <button key={items.length} type="button" class="btn after" onClick={list.more}>
                {texts.more}
              </button>
            )}
          </div>
          <Player
            key={open?.callId ?? "none"}
            recording={open}
            me={me}
            search={list.wanted.q}
            onClose={() => setOpenId(null)}
          />
        </div>
      </main>
    </>
  );
};
