import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Mark, Me, Recording } from "#contract";
import { t } from "../../i18n/index.ts";
import { loadPlayerTexts, player } from "../../i18n/player.ts";
import { loadRecordingTexts, recordings as texts } from "../../i18n/recordings.ts";
import { loadSaidTexts } from "../../i18n/said.ts";
import { loadTalkTexts } from "../../i18n/talk.ts";
import { board } from "../../live.ts";
import { count } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { Stack } from "../../ui/stack.tsx";
import { useStore } from "../../ui/store.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { scopeName } from "../scope.ts";
import { ExportButton } from "../panel/export-button.tsx";
import { exportOf } from "./exporting.ts";
import { library } from "./api.ts";
import { useOpen } from "./open.ts";
import { Filters } from "./list/filters.tsx";
import { Found } from "./list/found.tsx";
import { useKnown } from "./list/known.ts";
import { useRecordings, useView } from "./list/list.ts";
import { commentsIn } from "./news.ts";
import { Loosen } from "./list/loosen.tsx";
import { Player } from "./player/player.tsx";
import { More, Row } from "./list/rows.tsx";
import { Saved } from "./list/saved.tsx";
import { filterOf } from "./wanted.ts";
import { useZip } from "./list/zip.ts";
import { ZipState } from "./list/zip.tsx";
import "./recordings.css";

// whoever opens the screen waits for this module, so its words are there with it
await Promise.all([loadRecordingTexts(), loadTalkTexts(), loadSaidTexts(), loadPlayerTexts()]);

/** Days that a recording stays in the trash. */
const TRASH_DAYS = 7;

/** What others marked in the own recordings and one has not seen. */
function useNews(own: boolean) {
  const [news, setNews] = useState<Mark[]>([]);
  useLayoutEffect(() => {
    if (own)
      // the recordings show them all the same
      library.unseen().then(setNews, () => undefined);
  }, [own]);
  return { news, see: (callId: string) => setNews((now) => now.filter((one) => one.callId !== callId)) };
}

/** Puts a recording into the trash, and takes it out again. */
function useTrash(hide: (callId: string, hidden: boolean) => void) {
  const [trashed, setTrashed] = useState<Recording | null>(null);
  const { problem, work } = useWork();
  const trash = (one: Recording): Promise<boolean> =>
    work(async () => {
      await library.trash(one.callId);
      hide(one.callId, true);
      setTrashed(one);
    });
  const restore = (): Promise<boolean> =>
    work(async () => {
      if (!trashed) return;
      await library.restore(trashed.callId);
      hide(trashed.callId, false);
      setTrashed(null);
    });
  return { trashed, problem, trash, restore };
}

/** «Grabaciones»: find a call, look at its two voices, listen. An agent sees the own ones. */
export const RecordingsPage = ({ me }: { me: Me }) => {
  const { agents } = useStore(board);
  const { open: openId, wanted, change } = useView();
  const list = useRecordings(me, wanted);
  const known = useKnown(wanted.campaign);
  const own = me.role === "agent";
  const zip = useZip(!own);
  const { news, see } = useNews(own);
  const { trashed, problem, trash, restore } = useTrash(list.hide);
  const items = list.items ?? [];
  const { recording: open, problem: absent } = useOpen(list.items, openId);
  const openOne = (callId: string): void => {
    change({ open: callId });
    see(callId);
  };
  return (
    <>
      <Header
        me={me}
        title={own ? texts.ownTitle : texts.title}
        sub={own ? me.name : scopeName(me)}
        action={
          own ? null : (
            <ExportButton me={me} kind="recordings" {...exportOf(wanted, me.timeZone, new Date())} />
          )
        }
      />
      <main aria-busy={known === null ? "true" : undefined}>
        {known ? (
          <>
            <Filters
              wanted={wanted}
              campaigns={known.campaigns}
              agents={own ? null : agents}
              change={(part) => change({ wanted: { ...wanted, ...part } })}
            >
              <Saved
                filters={known.filters}
                wanted={wanted}
                me={me}
                apply={(next) => change({ wanted: next })}
              />
            </Filters>
            {absent ? <Trouble key="absent" problem={absent} /> : null}
            {problem ? <Trouble key="trash" problem={problem} /> : null}
            {list.problem ? (
              <div key="problem" class="h sb">
                <Trouble problem={list.problem} />
                <button type="button" class="btn" onClick={list.again}>
                  {t.retry}
                </button>
              </div>
            ) : null}
            {trashed ? (
              <p key={`trashed ${trashed.callId}`} class="note h" role="status" data-trashed>
                <span class="grow">{player.trashed(count(TRASH_DAYS))}</span>
                <button type="button" class="btn" data-restore onClick={() => void restore()}>
                  {texts.undo}
                </button>
              </p>
            ) : null}
            <div class="split">
              <div>
                <Found
                  list={list}
                  news={commentsIn(news)}
                  zip={
                    own || zip.running
                      ? null
                      : () => void zip.start(filterOf(wanted, me.timeZone, new Date()))
                  }
                />
                <section class="card flush list" aria-busy={list.items === null ? "true" : undefined}>
                  {list.items?.length === 0 ? (
                    list.narrowed ? (
                      <Loosen
                        key="loosen"
                        wanted={wanted}
                        me={me}
                        agents={agents}
                        loosen={(next) => change({ wanted: next })}
                      />
                    ) : (
                      <div key="none" class="nothing">
                        <p>{texts.noneYet}</p>
                      </div>
                    )
                  ) : null}
                  <Stack rows={items} keyOf={({ callId }) => callId}>
                    {(one) => (
                      <Row
                        one={one}
                        me={me}
                        current={one.callId === openId}
                        news={news.some(({ callId }) => callId === one.callId)}
                        open={() => openOne(one.callId)}
                      />
                    )}
                  </Stack>
                </section>
                {list.next === null ? null : <More key={items.length} more={list.more} />}
                <ZipState zip={zip} me={me} />
              </div>
              <Player
                key={open?.callId ?? "none"}
                recording={open}
                me={me}
                search={wanted.q}
                marked={(marks) => open && list.changed({ ...open, marks })}
                trash={() => {
                  if (!open) return;
                  change({ open: null });
                  void trash(open);
                }}
                onClose={() => change({ open: null })}
              />
            </div>
          </>
        ) : null}
      </main>
    </>
  );
};
