import { useLayoutEffect } from "hono/jsx/dom";
import { assist } from "../i18n/assist.ts";
import { Icon } from "../ui/icon.tsx";
import { useNow } from "../ui/now.ts";
import { useStore } from "../ui/store.ts";
import { canPause, tray } from "./tray.ts";

const KEY = "Alt+P";

/** Asks the tray; its answer is the recording's next state. */
function toggle(): void {
  const { recording } = tray.get();
  if (recording === "running") window.callmanagerRecording?.("pause");
  else if (recording === "paused") window.callmanagerRecording?.("resume");
}

/** The key works wherever the focus is: card numbers are read out while she types elsewhere in the panel. */
function usePauseKey(): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // the code, because Alt may turn the letter into another
      if (!event.altKey || event.ctrlKey || event.code !== "KeyP") return;
      event.preventDefault();
      toggle();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

/** Pauses the recording, for card numbers. Only in the tray's own window, and only while there is one. */
export const PauseButton = () => {
  const { recording } = useStore(tray);
  usePauseKey();
  if (recording !== "running" || !canPause()) return null;
  return (
    <button
      type="button"
      class="h pause-recording"
      data-pause
      aria-label={assist.pause}
      aria-keyshortcuts={KEY}
      title={assist.pauseTitle}
      onClick={toggle}
    >
      <Icon name="pause" />
    </button>
  );
};

/** The line that says that nothing is being recorded, for how long, and how it goes on. */
export const PausedLine = () => {
  const { recording, pausedAt } = useStore(tray);
  const now = useNow();
  if (recording !== "paused" || pausedAt === null) return null;
  const seconds = Math.max(0, Math.floor((now - pausedAt) / 1000));
  return (
    <div class="as-paused">
      <Icon name="pause" small />
      <span class="grow" role="timer">
        {assist.paused(assist.minutesAndSeconds(Math.floor(seconds / 60), seconds % 60))}
      </span>
      {canPause() ? (
        <button type="button" class="btn" data-resume aria-keyshortcuts={KEY} onClick={toggle}>
          {assist.resume}
          <kbd class="for-keys">{assist.pauseKey}</kbd>
        </button>
      ) : null}
    </div>
  );
};

/** For whoever does not see the line: that it begins, and that it is over. */
export const PauseSaid = () => {
  const { recording, resumed } = useStore(tray);
  return (
    <span class="vh" role="status">
      {recording === "paused" ? assist.pausedNow : resumed ? assist.resumed : ""}
    </span>
  );
};
