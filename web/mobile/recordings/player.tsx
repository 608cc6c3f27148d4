import { useLayoutEffect, useRef } from "hono/jsx/dom";
import type { Me, Recording } from "#contract";
import { audioUrl } from "../../api.ts";
import { recordings as texts } from "../../i18n/recordings.ts";
import { clockLength, contactName, count, megabytes } from "../../ui/format.ts";
import { Outcome } from "../../ui/disposition.tsx";
import { Icon } from "../../ui/icon.tsx";
import { CloseButton } from "../../ui/sheet.tsx";
import { Controls } from "./controls.tsx";
import { Lanes } from "./lanes.tsx";
import { momentOf } from "./recordings.tsx";
import { usePlayback } from "./playback.ts";
import { Said } from "./said.tsx";
import { useSilenced } from "./transcript.ts";
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

type ListenProps = { recording: Recording; me: Me; /** What the list was searched for. */ search: string };

const Listen = ({ recording, me, search }: ListenProps) => {
  const sound = usePlayback(recording);
  const silenced = useSilenced(recording.callId);
  return (
    <div class="sheet" onKeyDown={sound.key}>
      <div class="h head">
        <div class="grow">
          <h1 class="cut">{contactName(recording.contact)}</h1>
          <div class="sm soft">
            {recording.agentName} · {momentOf(recording.startedAt, me.timeZone)} ·{" "}
            {clockLength(recording.durationSeconds)}
          </div>
        </div>
        <a
          class="btn icon"
          href={audioUrl(recording.callId, true)}
          download
          aria-label={texts.download(megabytes(recording.bytes))}
        >
          <Icon name="download" />
        </a>
        <CloseButton />
      </div>
      <div class="h tags">
        <Outcome of={recording} />
        {recording.aiAsks > 0 ? (
          <span class="tag pill ai">
            <Icon name="ai" small />
            {texts.aiAsks(count(recording.aiAsks))}
          </span>
        ) : null}
      </div>
      <Lanes recording={recording} at={sound.at} seek={sound.seek} silenced={silenced} />
      <Controls sound={sound} />
      <Said recording={recording} me={me} sound={sound} silenced={silenced} search={search} />
      <audio ref={sound.audio} src={audioUrl(recording.callId)} preload="none" {...sound.events} />
    </div>
  );
};

/** The player of one recording; without one, the pane says how to fill it. */
export const Player = ({
  recording,
  me,
  search,
  onClose,
}: Omit<ListenProps, "recording"> & { recording: Recording | null; onClose: () => void }) => {
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
      {recording ? <Listen recording={recording} me={me} search={search} /> : <Nothing />}
    </dialog>
  );
};
