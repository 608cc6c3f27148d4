import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Problem, ShownLine } from "#contract";
import { problemOf } from "../../../api.ts";
import { t } from "../../../i18n/index.ts";
import { said as texts } from "../../../i18n/said.ts";
import { clockLength } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { Trouble } from "../../../ui/trouble.tsx";
import { piecesOf } from "./pieces.ts";

type Correct = (text: string) => Promise<void>;
type Props = {
  line: ShownLine;
  /** Who speaks, by name. */
  who: string;
  wanted: string[];
  current: boolean;
  /** Pressed last: it shows what the recogniser wrote, and can be corrected. */
  picked: boolean;
  press: () => void;
  /** Null for whoever may only read. */
  correct: Correct | null;
};

const Text = ({ line, wanted }: Pick<Props, "line" | "wanted">) => (
  <span class="text">
    {piecesOf(line.text, line.masked.length > 0, wanted).map((piece) => {
      if (piece.mask) return <span class="mask">{texts.hidden[piece.mask]}</span>;
      return piece.hit ? <mark class="hit">{piece.text}</mark> : piece.text;
    })}
  </span>
);

/** One line: when, who, and what. Pressed it is heard. */
export const LineSaid = ({ line, who, wanted, current, picked, press, correct }: Props) => {
  const state =
    line.original === null ? null : line.original === line.text ? texts.confirmed : texts.corrected;
  return (
    <li class="line-said" data-line={line.n} data-current={current ? "true" : undefined}>
      <button type="button" aria-current={current ? "true" : undefined} onClick={press}>
        <time>{clockLength(line.fromMs / 1000)}</time>
        <span key={`${line.text} ${state} ${wanted.join(" ")}`}>
          <em class={line.side === "agent" ? "agent-voice" : "customer-voice"}>
            {who}
            {state === null ? null : <small> · {state}</small>}
          </em>
          <Text line={line} wanted={wanted} />
        </span>
      </button>
      {picked && (correct || state === texts.corrected) ? (
        <More key="more" line={line} changed={state === texts.corrected} correct={correct} />
      ) : null}
    </li>
  );
};

type MoreProps = { line: ShownLine; changed: boolean; correct: Correct | null };

const More = ({ line, changed, correct }: MoreProps) => {
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // what has just been asked for must be in sight
    queueMicrotask(() => place.current?.scrollIntoView({ block: "nearest" }));
  }, [editing]);
  const send = async (text: string): Promise<void> => {
    setBusy(true);
    try {
      await correct?.(text);
      setProblem(null);
      setEditing(false);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <div ref={place} class="line-more">
      {changed && line.original !== null ? (
        <p key="original" class="sm faint" data-original>
          {texts.original(line.original)}
        </p>
      ) : null}
      {editing ? (
        <Editor key="editor" text={line.text} busy={busy} save={send} cancel={() => setEditing(false)} />
      ) : correct ? (
        <div key="deeds" class="h">
          <button type="button" class="btn" data-correct onClick={() => setEditing(true)}>
            <Icon name="pencil" small />
            {texts.correct}
          </button>
          {line.original === null ? (
            <button
              key="right"
              type="button"
              class="btn"
              data-right
              disabled={busy}
              onClick={() => void send(line.text)}
            >
              <Icon name="check" small />
              {texts.right}
            </button>
          ) : null}
        </div>
      ) : null}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </div>
  );
};

type EditorProps = { text: string; busy: boolean; save: Correct; cancel: () => void };

/** What was really said, in place of the line. Enter saves, Esc gives up. */
const Editor = ({ text, busy, save, cancel }: EditorProps) => {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    // the field enters the page after this effect
    queueMicrotask(() => area.current?.focus());
  }, []);
  const submit = (): void => {
    const said = area.current?.value.replace(/\s+/g, " ").trim() ?? "";
    if (said !== "") void save(said);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.isComposing) submit();
    else if (event.key === "Escape") cancel();
    else return;
    // Esc would close the player
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="stacked">
      <label class="in">
        <textarea ref={area} rows={2} maxlength={2000} aria-label={texts.field} onKeyDown={onKey}>
          {text}
        </textarea>
      </label>
      <div class="h">
        <button type="button" class="btn primary" disabled={busy} onClick={submit}>
          {texts.save}
        </button>
        <button type="button" class="btn" onClick={cancel}>
          {t.cancel}
        </button>
      </div>
    </div>
  );
};
