import { language } from "../../i18n/index.ts";
import { recordings as texts } from "../../i18n/recordings.ts";
import { Icon } from "../../ui/icon.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { SKIP, type Playback } from "./playback.ts";

/** Speed, back, play, forward. */
export const Controls = ({ sound }: { sound: Playback }) => {
  const times = `${sound.speed.toLocaleString(language)}×`;
  return (
    <>
      <div class="ctl">
        <button type="button" class="btn speed" aria-label={texts.speed(times)} onClick={sound.faster}>
          {times}
        </button>
        <button
          type="button"
          class="btn icon plain"
          aria-label={texts.back}
          onClick={() => sound.seek(sound.at - SKIP)}
        >
          <Icon name="back" />
        </button>
        <button
          type="button"
          class="play"
          aria-label={sound.playing ? texts.pause : texts.play}
          onClick={sound.toggle}
        >
          {sound.playing ? <Icon key="pause" name="pause" /> : <MoreIcon key="play" name="play" />}
        </button>
        <button
          type="button"
          class="btn icon plain"
          aria-label={texts.forward}
          onClick={() => sound.seek(sound.at + SKIP)}
        >
          <MoreIcon name="forward" />
        </button>
        <span class="speed" />
      </div>
      <p class="sm bad" role="alert">
        {sound.failed ? texts.unplayable : null}
      </p>
    </>
  );
};
