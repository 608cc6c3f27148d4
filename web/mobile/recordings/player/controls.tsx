import { language } from "../../../i18n/index.ts";
import { player } from "../../../i18n/player.ts";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { Icon } from "../../../ui/icon.tsx";
import { MoreIcon } from "../../../ui/more-icons.tsx";
import { LibraryIcon } from "../icons.tsx";
import { SKIP, type Playback } from "./playback.ts";
import "./controls.css";

type Props = {
  sound: Playback;
  mark: () => void;
  /** Begins a clip; null for whoever keeps none. */
  clip: (() => void) | null;
};

/** How fast, skipping silence, playing; and what is noted of the moment. */
export const Controls = ({ sound, mark, clip }: Props) => {
  const times = `${sound.speed.toLocaleString(language)}×`;
  return (
    <>
      <div class="ctl">
        <button type="button" class="btn speed" aria-label={texts.speed(times)} onClick={sound.nextSpeed}>
          {times}
        </button>
        <button
          type="button"
          class="btn icon plain"
          aria-label={player.skip}
          title={player.skip}
          aria-pressed={String(sound.skipping)}
          data-skip
          onClick={() => sound.skipSilence(!sound.skipping)}
        >
          <LibraryIcon name="skip" />
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
        {clip ? (
          <button
            type="button"
            class="btn icon plain"
            aria-label={player.clip}
            title={player.clip}
            data-clip-begin
            onClick={clip}
          >
            <LibraryIcon name="scissors" />
          </button>
        ) : null}
        <button
          type="button"
          class="btn icon"
          aria-label={player.mark}
          title={player.mark}
          data-flag
          onClick={mark}
        >
          <LibraryIcon name="flag" />
        </button>
      </div>
      {sound.failed ? (
        <p key="failed" class="sm bad" role="alert">
          {texts.unplayable}
        </p>
      ) : null}
    </>
  );
};

const KEYS: [keys: string[], does: keyof typeof player.keyOf][] = [
  [[" "], "play"],
  [["←", "→"], "step"],
  [["J", "L"], "jump"],
  [["M"], "mark"],
  [["1–9"], "marks"],
  [["[", "]"], "speed"],
];

/** What the keys do. */
export const Keys = () => (
  <dl class="note key-help" aria-label={player.keysTitle}>
    {KEYS.map(([keys, does]) => (
      <div key={does}>
        <dt>
          {keys.map((key) => (
            <kbd key={key}>{key === " " ? player.space : key}</kbd>
          ))}
        </dt>
        <dd>{player.keyOf[does]}</dd>
      </div>
    ))}
  </dl>
);
