import { useLayoutEffect, useRef } from "hono/jsx/dom";
import type { Mark, Me } from "#contract";
import { t } from "../../../i18n/index.ts";
import { player as texts } from "../../../i18n/player.ts";
import { clockLength } from "../../../ui/format.ts";
import { MoreIcon } from "../../../ui/more-icons.tsx";
import { Trouble } from "../../../ui/trouble.tsx";
import { place } from "./lanes.tsx";
import type { Marking } from "./marks.ts";
import { roomFor, toneOf, type Point } from "./points.ts";
import { momentOf } from "../words.ts";
import "./marks.css";

type PinsProps = { points: Point[]; /** Seconds of the recording. */ all: number };

/** The marks' numbers over the lanes; their buttons stand below. */
export const Pins = ({ points, all }: PinsProps) => {
  const room = roomFor(points.map(({ atMs }) => (all > 0 ? atMs / 1000 / all : 0)));
  return (
    <div class="pins xs" aria-hidden="true">
      {points.map(({ key, tone, atMs }, i) => (
        <b
          key={`${key} ${i} ${room[i]}`}
          class={`${tone}${room[i] ? "" : " narrow"}`}
          data-pin={i + 1}
          style={{ "--at": place(atMs / 1000, all) }}
        >
          {i + 1}
        </b>
      ))}
    </div>
  );
};

type Props = {
  marking: Marking;
  me: Me;
  /** The call's agent reads the comments. */ own: boolean;
  hear: (seconds: number) => void;
};

/** The marks as chips that are heard, the words that belong to them, and what was just done with a way back. */
export const Marks = ({ marking, me, own, hear }: Props) => {
  const { points, picked, made, removed, problem } = marking;
  // others read the words on the chips; the agent is whom they are for
  const shown = points.flatMap(({ mark }, i) =>
    mark && ((own && mark.text !== "") || mark.id === picked) ? [{ mark, n: i + 1 }] : [],
  );
  if (points.length === 0 && !removed && !problem) return null;
  return (
    <section class="marks" aria-label={texts.marks}>
      {points.length > 0 ? (
        <div key="chips" class="chips">
          {points.map(({ key, atMs, fromMs, words, tone, kind, mark }, i) => (
            <button
              key={`${key} ${i} ${words}`}
              type="button"
              class="chip mark-chip"
              data-mark={i + 1}
              data-kind={kind}
              onClick={() => {
                marking.pick(mark?.id ?? null);
                hear(fromMs / 1000);
              }}
            >
              <span class="vh">{texts.flag}</span>
              <b class={tone}>{i + 1}</b>
              {clockLength(atMs / 1000)} <span class="cut">{words}</span>
            </button>
          ))}
        </div>
      ) : null}
      {shown.length > 0 ? (
        <ul key="comments" class="comments">
          {shown.map(({ mark, n }) => (
            <Comment
              key={`${mark.id} ${mark.id === picked} ${mark.text}`}
              mark={mark}
              n={n}
              open={mark.id === picked && marking.isOwn(mark)}
              made={mark.id === made}
              marking={marking}
              me={me}
              own={own}
            />
          ))}
        </ul>
      ) : null}
      {removed ? (
        <p key="removed" class="h sm soft" role="status">
          <span class="grow">{texts.removed}</span>
          <button type="button" class="btn" data-put-back onClick={() => void marking.putBack()}>
            {texts.undo}
          </button>
        </p>
      ) : null}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </section>
  );
};

type CommentProps = Omit<Props, "hear"> & { mark: Mark; n: number; open: boolean; made: boolean };

const Comment = ({ mark, n, open, made, marking, me, own }: CommentProps) => {
  const when = momentOf(mark.at, me.timeZone);
  const seen = mark.seenAt ? texts.seen(momentOf(mark.seenAt, me.timeZone)) : texts.notSeen;
  return (
    <li data-comment={n}>
      <div class="h head">
        <b class={`xs ${toneOf(mark)}`}>{n}</b>
        <div class="grow">
          {mark.text === "" ? null : <p class="text">{mark.text}</p>}
          <p class="xs soft" role={made ? "status" : undefined}>
            {made ? texts.marked(clockLength(mark.atMs / 1000)) : texts.by(mark.by.name, when)}
            {marking.isNew(mark) ? <span class="tag pill acc">{texts.isNew}</span> : null}
            {mark.text !== "" && marking.isOwn(mark) && !own ? ` · ${seen}` : null}
          </p>
        </div>
        {marking.isOwn(mark) && !made ? (
          <button
            type="button"
            class="btn icon plain"
            aria-label={texts.remove(String(n))}
            title={texts.remove(String(n))}
            disabled={marking.busy}
            data-unmark
            onClick={() => void marking.remove(mark)}
          >
            <MoreIcon name="remove" />
          </button>
        ) : null}
      </div>
      {open ? <Editor key="editor" mark={mark} made={made} marking={marking} own={own} /> : null}
    </li>
  );
};

type EditorProps = Pick<CommentProps, "mark" | "made" | "marking" | "own">;

/** The words of a mark. Enter saves, Esc leaves them as they were. */
const Editor = ({ mark, made, marking, own }: EditorProps) => {
  const input = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    queueMicrotask(() => {
      // what has just been asked for must be in sight
      form.current?.scrollIntoView({ block: "nearest" });
      // the next letters are its words, no deeds of the player's; a phone's own keyboard waits to be asked
      if (made && matchMedia("(hover: hover)").matches) input.current?.focus({ preventScroll: true });
    });
  }, []);
  const label = own ? texts.commentOwn : texts.commentFor;
  return (
    <form
      ref={form}
      class="h naming"
      onSubmit={(event: Event) => {
        event.preventDefault();
        void marking.say(mark, input.current?.value.trim() ?? "");
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== "Escape") return;
        // Esc would close the player
        event.preventDefault();
        event.stopPropagation();
        marking.pick(null);
      }}
    >
      <label class="in">
        <span class="vh">{label}</span>
        <input
          ref={input}
          name="comment"
          maxlength={1000}
          value={mark.text}
          placeholder={label}
          autocomplete="off"
        />
      </label>
      <button type="submit" class="btn primary" disabled={marking.busy}>
        {texts.save}
      </button>
      <button
        type="button"
        class="btn"
        data-undo
        disabled={marking.busy}
        onClick={() => (made ? void marking.remove(mark) : marking.pick(null))}
      >
        {made ? texts.undo : t.cancel}
      </button>
    </form>
  );
};
