import { useLayoutEffect, useRef } from "hono/jsx/dom";
import type { Me, Recording } from "#contract";
import { audioUrl } from "../../api.ts";
import { recordings as texts } from "../../i18n/recordings.ts";
import { contactName } from "../../ui/format.ts";
import { useClips } from "./clip.ts";
import { ClipForm, Clips, Range } from "./clip.tsx";
import { Controls } from "./controls.tsx";
import { Heading } from "./heading.tsx";
import { Heard } from "./heard.tsx";
import { useKeys } from "./keys.ts";
import { Lanes } from "./lanes.tsx";
import { useMarks } from "./marks.ts";
import { Marks, Pins } from "./marks.tsx";
import { usePlayback } from "./playback.ts";
import { Said } from "./said.tsx";
import { silencesOf } from "./silence.ts";
import { silencedOf, useGaps, usePeaks } from "./sound.ts";
import "../../ui/sheet.css";

const DESK = "(min-width:1200px)";

/** A sheet on a phone, a pane beside the list on a desk; follows the window's width. */
function useDock(shown: boolean) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const desk = matchMedia(DESK);
    const place = (): void => {
      const box = dialog.current;
      if (!box) return;
      // not close(): its event would put the recording away
      box.removeAttribute("open");
      if (desk.matches) box.setAttribute("open", "");
      else if (shown) box.showModal();
    };
    queueMicrotask(place);
    desk.addEventListener("change", place);
    return () => desk.removeEventListener("change", place);
  }, []);
  return dialog;
}

const Nothing = () => (
  <div class="nothing">
    <p class="b">{texts.choose}</p>
    <p class="sm">{texts.chooseWhy}</p>
  </div>
);

type ListenProps = {
  recording: Recording;
  me: Me;
  /** What the list was searched for. */
  search: string;
  /** Told of how many marks it has, and of those that somebody has now seen. */
  marked: (marks: number) => void;
  trash: () => void;
};

const Listen = ({ recording, me, search, marked, trash }: ListenProps) => {
  const { callId, durationSeconds: all } = recording;
  const { peaks, problem } = usePeaks(recording);
  const sound = usePlayback(recording, silencesOf(peaks, all));
  const gaps = useGaps(callId);
  const marking = useMarks(recording, me, marked);
  const clipping = useClips(recording);
  const mark = (): void => void marking.add(sound.at);
  useKeys(sound, {
    mark,
    toMark: (n) => {
      const wanted = marking.marks[n - 1];
      if (wanted) sound.hear(wanted.atMs / 1000);
    },
  });
  const keeps = me.role !== "agent";
  return (
    <div class="sheet" tabindex={-1}>
      <audio ref={sound.audio} src={audioUrl(callId)} preload="none" {...sound.events} />
      <Heading recording={recording} me={me} trash={me.role === "admin" ? trash : null} />
      <Lanes
        recording={recording}
        peaks={peaks}
        problem={problem}
        at={sound.at}
        seek={sound.seek}
        gaps={gaps}
      >
        <Pins key="pins" marks={marking.marks} all={all} />
        <Range key="range" clipping={clipping} all={all} />
      </Lanes>
      <Controls sound={sound} mark={mark} clip={keeps ? () => clipping.begin(sound.at) : null} />
      <ClipForm clipping={clipping} sound={sound} />
      <Marks marking={marking} me={me} own={recording.agentId === me.id} hear={sound.hear} />
      <Said recording={recording} me={me} sound={sound} silenced={silencedOf(gaps)} search={search} />
      <Clips clipping={clipping} me={me} />
      <Heard recording={recording} me={me} />
    </div>
  );
};

type Props = Omit<ListenProps, "recording"> & { recording: Recording | null; onClose: () => void };

/** The player of one recording; without one, the pane says how to fill it. */
export const Player = ({ recording, onClose, ...rest }: Props) => {
  const dialog = useDock(recording !== null);
  const label = recording ? texts.player(contactName(recording.contact)) : texts.choose;
  return (
    <dialog
      ref={dialog}
      class="dock"
      aria-label={label}
      onClose={onClose}
      onClick={(event: MouseEvent) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="grab" />
      {recording ? <Listen recording={recording} {...rest} /> : <Nothing />}
    </dialog>
  );
};
