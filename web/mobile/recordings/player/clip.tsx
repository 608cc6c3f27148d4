import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Clip, Me } from "#contract";
import { t } from "../../../i18n/index.ts";
import { player as texts } from "../../../i18n/player.ts";
import { clockLength, count, length } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { MoreIcon } from "../../../ui/more-icons.tsx";
import { Trouble } from "../../../ui/trouble.tsx";
import { clipUrl } from "../api.ts";
import type { Clipping } from "./clip.ts";
import { place } from "./lanes.tsx";
import type { Playback } from "./playback.ts";
import "./clip.css";

type HandleProps = { end: "from" | "to"; at: number; all: number; label: string; move: (to: number) => void };

/** One end of a clip: dragged, or moved by a second with the arrow keys. */
const Handle = ({ end, at, all, label, move }: HandleProps) => {
  const drag = (event: PointerEvent): void => {
    const handle = event.currentTarget as HTMLElement;
    if (event.type === "pointerdown") handle.setPointerCapture(event.pointerId);
    else if (!handle.hasPointerCapture(event.pointerId)) return;
    const box = handle.closest(".over-lanes")?.getBoundingClientRect();
    if (event.type === "pointermove" && box) move(((event.clientX - box.left) / box.width) * all);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    // the player's own arrows would seek
    event.preventDefault();
    event.stopPropagation();
    move(at + step);
  };
  return (
    <button
      type="button"
      class={`handle ${end}`}
      role="slider"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(all)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={clockLength(at)}
      onPointerDown={drag}
      onPointerMove={drag}
      onKeyDown={onKey}
    />
  );
};

/** The clip that is being chosen, over the lanes. */
export const Range = ({ clipping, all }: { clipping: Clipping; all: number }) => {
  const { choice, setFrom, setTo } = clipping;
  if (!choice) return null;
  const { from, to } = choice;
  return (
    <div class="range" style={{ "--from": place(from, all), "--to": place(to, all) }}>
      <Handle end="from" at={from} all={all} label={texts.clipFrom} move={setFrom} />
      <Handle end="to" at={to} all={all} label={texts.clipTo} move={setTo} />
    </div>
  );
};

/** Where the clip begins and ends, its title, and keeping it. */
export const ClipForm = ({ clipping, sound }: { clipping: Clipping; sound: Playback }) => {
  const title = useRef<HTMLInputElement>(null);
  const { choice, busy, problem, setFrom, setTo, keep, cancel } = clipping;
  if (!choice) return null;
  const { from, to } = choice;
  return (
    <form
      class="note clip"
      data-clip
      onSubmit={(event: Event) => {
        event.preventDefault();
        void keep(title.current?.value.trim() ?? "");
      }}
    >
      <div class="h sb">
        <span class="b">{texts.clipTitle}</span>
        <span data-clip-length>
          {texts.clipFromTo(clockLength(from), clockLength(to), length(to - from))}
        </span>
      </div>
      <div class="h wrap">
        <button type="button" class="btn" data-from onClick={() => setFrom(sound.at)}>
          {texts.fromHere}
        </button>
        <button type="button" class="btn" data-to onClick={() => setTo(sound.at)}>
          {texts.toHere}
        </button>
        <button type="button" class="btn" data-try onClick={() => sound.hear(from, to)}>
          <MoreIcon name="play" small />
          {texts.clipHear}
        </button>
      </div>
      <label class="in">
        <span class="vh">{texts.clipName}</span>
        <input
          ref={title}
          name="title"
          required
          maxlength={120}
          placeholder={texts.clipName}
          autocomplete="off"
        />
      </label>
      <div class="h wrap">
        <button type="submit" class="btn primary" disabled={busy}>
          {texts.clipSave}
        </button>
        <button type="button" class="btn" onClick={cancel}>
          {t.cancel}
        </button>
      </div>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </form>
  );
};

type RowProps = { clip: Clip; mayRemove: boolean; clipping: Clipping };

const Row = ({ clip, mayRemove, clipping }: RowProps) => {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const toggle = (): void => {
    const element = audio.current;
    if (!element?.paused) element?.pause();
    // an aborted play is one that the person stopped
    else element.play().catch(() => setPlaying(false));
  };
  const { title, fromMs, toMs, by } = clip;
  const label = playing ? texts.clipPause(title) : texts.clipPlay(title);
  return (
    <li class="h" data-example={title}>
      <button type="button" class="btn icon" aria-label={label} title={label} onClick={toggle}>
        {playing ? <Icon key="pause" name="pause" small /> : <MoreIcon key="play" name="play" small />}
      </button>
      <span class="grow">
        <span class="b cut">{title}</span>
        <span class="xs soft cut">
          {texts.clipLine(clockLength(fromMs / 1000), length((toMs - fromMs) / 1000), by.name)}
        </span>
      </span>
      {mayRemove ? (
        <button
          type="button"
          class="btn icon plain"
          aria-label={texts.clipRemove(title)}
          title={texts.clipRemove(title)}
          disabled={clipping.busy}
          onClick={() => void clipping.remove(clip.id)}
        >
          <MoreIcon name="remove" />
        </button>
      ) : null}
      <audio
        ref={audio}
        src={clipUrl(clip.id)}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
      />
    </li>
  );
};

/** What was kept of this recording as an example. */
export const Clips = ({ clipping, me }: { clipping: Clipping; me: Me }) => {
  const list = useRef<HTMLDetailsElement>(null);
  useLayoutEffect(() => {
    // what has just been kept must be in sight
    if (clipping.kept) list.current?.scrollIntoView({ block: "nearest" });
  }, [clipping.kept]);
  return clipping.clips.length === 0 ? null : (
    <details ref={list} class="clips" open={clipping.kept}>
      <summary class="sm">{texts.clips(count(clipping.clips.length))}</summary>
      <p key={String(clipping.kept)} class="vh" role="status">
        {clipping.kept ? texts.clipSaved : ""}
      </p>
      <ul>
        {clipping.clips.map((clip) => (
          <Row
            key={clip.id}
            clip={clip}
            mayRemove={me.role === "admin" || clip.by.id === me.id}
            clipping={clipping}
          />
        ))}
      </ul>
    </details>
  );
};
