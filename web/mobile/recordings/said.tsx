import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Me, Recording, ShownLine } from "#contract";
import { t } from "../../i18n/index.ts";
import { talk } from "../../i18n/talk.ts";
import { clockLength, count, length } from "../../ui/format.ts";
import { LibraryIcon } from "./icons.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { TalkFigures } from "../talk/talk.tsx";
import { LineSaid } from "./line-said.tsx";
import { says, wordsOf } from "./pieces.ts";
import type { Playback } from "./playback.ts";
import type { Silenced } from "./sound.ts";
import { useTranscript } from "./transcript.ts";

/** For so long after somebody has scrolled the lines do not scroll by themselves. */
const OWN_MS = 5000;

type Props = { recording: Recording; me: Me; sound: Playback; silenced: Silenced[]; search: string };
type Row = { at: number; line: ShownLine } | { at: number; silenced: Silenced };

/** Lines and silenced stretches in the order of the call. */
const rowsOf = (lines: ShownLine[], silenced: Silenced[]): Row[] =>
  [
    ...lines.map((line): Row => ({ at: line.fromMs / 1000, line })),
    ...silenced.map((one): Row => ({ at: one.from, silenced: one })),
  ].toSorted((a, b) => a.at - b.at);

const NoSound = ({ from, to, why }: Silenced) => (
  <li class="no-sound faint" data-silenced={why}>
    <time>{clockLength(from)}</time>
    <span>
      <LibraryIcon name="card" small />
      {(why === "card" ? talk.scrubbed : talk.paused)(length(to - from))}
    </span>
  </li>
);

/** What was said, under the waveform: who spoke how much, then line by line. */
export const Said = (props: Props) => {
  const { transcript, problem, load, correct } = useTranscript(props.recording.callId);
  if (problem)
    return (
      <div key="problem" class="h sb">
        <Trouble problem={problem} />
        <button type="button" class="btn" onClick={load}>
          {t.retry}
        </button>
      </div>
    );
  if (transcript === null)
    return (
      <p key="busy" class="sm faint" aria-busy="true">
        {t.loading}
      </p>
    );
  if (transcript.lines.length === 0)
    return (
      <div key="none" class="stacked">
        {props.silenced.length > 0 ? (
          <ul key={props.silenced.length} class="lines-said">
            {props.silenced.map((one) => (
              <NoSound key={one.from} {...one} />
            ))}
          </ul>
        ) : null}
        <div class="note" data-said={transcript.engine === null ? "none" : "nothing"}>
          <div>
            <p class="b">{transcript.engine === null ? talk.none : talk.nothing}</p>
            <p>{transcript.engine === null ? talk.noneWhy : talk.nothingWhy}</p>
          </div>
        </div>
      </div>
    );
  return (
    <>
      {transcript.talk ? <TalkFigures key="talk" talk={transcript.talk} /> : null}
      <Lines key="lines" {...props} lines={transcript.lines} correct={correct} />
    </>
  );
};

type LinesProps = Props & { lines: ShownLine[]; correct: (n: number, text: string) => Promise<void> };

/** Scrolls the list, and only it, so that the line is in sight. */
function bringIntoSight(list: HTMLElement, line: HTMLElement): void {
  const top = line.offsetTop - (list.clientHeight - line.offsetHeight) / 3;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  list.scrollTo({ top, behavior: still ? "auto" : "smooth" });
}

const Lines = ({ recording, me, sound, silenced, search, lines, correct }: LinesProps) => {
  const list = useRef<HTMLUListElement>(null);
  const scrolledAt = useRef(0);
  const [picked, setPicked] = useState<number | null>(null);
  const wanted = wordsOf(search);
  const found = lines.filter(({ text }) => says(text, wanted));
  const own = recording.agentId === me.id;
  const maySay = own || me.role === "supervisor";
  const begun = sound.playing || sound.at > 0;
  const current = begun ? lines.findLast(({ fromMs }) => fromMs <= sound.at * 1000 + 50)?.n : undefined;
  const show = (n: number | undefined): void => {
    const line = list.current?.querySelector<HTMLElement>(`[data-line="${n}"]`);
    if (list.current && line) bringIntoSight(list.current, line);
  };
  const byHand = (): void => void (scrolledAt.current = Date.now());
  useLayoutEffect(() => {
    const writing = document.activeElement instanceof HTMLTextAreaElement;
    if (sound.playing && !writing && Date.now() - (scrolledAt.current ?? 0) > OWN_MS) show(current);
  }, [current]);
  useLayoutEffect(() => {
    // the lines enter the page after this effect
    if (found[0]) queueMicrotask(() => show(found[0]?.n));
  }, [found[0]?.n]);
  const agent = recording.agentName.split(" ")[0] ?? recording.agentName;
  return (
    <section class="said" aria-label={talk.title}>
      <div class="h sb">
        <h2>{talk.title}</h2>
        <span key={`${search} ${found.length}`} class="sm faint" role="status">
          {found.length > 0
            ? talk.hits(count(found.length), search.trim())
            : maySay
              ? talk.helpCorrect
              : talk.help}
        </span>
      </div>
      <ul ref={list} class="lines-said" onWheel={byHand} onTouchMove={byHand} onPointerDown={byHand}>
        {rowsOf(lines, silenced).map((row) =>
          "line" in row ? (
            <LineSaid
              key={row.line.n}
              line={row.line}
              who={row.line.side === "agent" ? agent : talk.customer}
              wanted={wanted}
              current={row.line.n === current}
              picked={row.line.n === picked}
              press={() => {
                setPicked(row.line.n);
                sound.hear(row.line.fromMs / 1000);
              }}
              correct={maySay ? (text) => correct(row.line.n, text) : null}
            />
          ) : (
            <NoSound key={`silenced ${row.at}`} {...row.silenced} />
          ),
        )}
      </ul>
    </section>
  );
};
