import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { RecordingStats } from "#contract";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { count, length } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { library } from "../api.ts";
import type { List } from "./list.ts";
import { StatsSheet } from "./stats-sheet.tsx";

/** How many recordings there are without any filter; null until it is known. */
function useAll(): RecordingStats | null {
  const [stats, setStats] = useState<RecordingStats | null>(null);
  useLayoutEffect(() => {
    library.stats().then(setStats, () => undefined);
  }, []);
  return stats;
}

/** What a list shows: how many, and the seconds of all of them; an open end has only what has come so far. */
type Summary = { n: string; seconds: number | null };

function summary(list: List, all: RecordingStats | null): Summary | null {
  if (list.items === null) return null;
  if (list.next === null)
    return {
      n: count(list.items.length),
      seconds: list.items.reduce((sum, one) => sum + one.durationSeconds, 0),
    };
  if (!list.narrowed && all) return { n: count(all.count), seconds: all.seconds };
  return { n: `${count(list.items.length)}+`, seconds: null };
}

const foundWords = ({ n, seconds }: Summary): string =>
  seconds === null ? texts.foundSoFar(n) : texts.found(n, length(seconds));

type Props = {
  list: List;
  /** How many comments in the own recordings one has not seen. */
  news: number;
  /** Asks for all of them as a ZIP; null for whoever may not. */
  zip: (() => void) | null;
};

/** How much was found, what there is in all, and taking it along. */
export const Found = ({ list, news, zip }: Props) => {
  const all = useAll();
  const [open, setOpen] = useState(false);
  const found = summary(list, all);
  const empty = list.items?.length === 0;
  return (
    <div class="h found">
      <p key={`${found?.n} ${found?.seconds} ${news}`} class="grow sm soft" role="status" data-found>
        {found === null || empty ? " " : foundWords(found)}
        {news > 0 ? ` · ${texts.newComments(count(news))}` : ""}
      </p>
      {zip && found !== null && !empty ? (
        <button key="zip" type="button" class="chip" title={texts.zipTitle} data-zip-all onClick={zip}>
          <Icon name="download" small />
          <span key={`wide ${found.n}`} class="wide">
            {texts.zip(found.n)}
          </span>
          <span key={`brief ${found.n}`} class="brief">
            {texts.zipBrief(found.n)}
          </span>
        </button>
      ) : null}
      <button
        key="of-all"
        type="button"
        class="chip"
        aria-label={texts.stats}
        title={texts.stats}
        data-stats
        onClick={() => setOpen(true)}
      >
        <Icon name="panel" small />
        <span class="wide">{texts.stats}</span>
      </button>
      {open ? <StatsSheet key="stats" onClose={() => setOpen(false)} /> : null}
    </div>
  );
};
