import { useState } from "hono/jsx/dom";
import type { Talk } from "#contract";
import { talk as texts } from "../../i18n/talk.ts";
import { clockLength, count, length, share } from "../../ui/format.ts";
import "./talk.css";
import "../../ui/mix.css";

const figures = ["ratio", "monologue", "interruptions", "silence"] as const;
type Name = (typeof figures)[number];

/** A figure and the two lines under it. */
function written(talk: Talk, name: Name): [figure: string, label: string, more: string] {
  const spoken = talk.agentSeconds + talk.customerSeconds;
  switch (name) {
    case "ratio":
      return [
        share(talk.talkRatio),
        texts.ratio,
        texts.ratioOf(clockLength(talk.agentSeconds), clockLength(spoken)),
      ];
    case "monologue":
      return [clockLength(talk.longestMonologueSeconds), texts.monologue, ""];
    case "interruptions":
      return [count(talk.interruptions), texts.interruptions, texts.interruptionsBy];
    default:
      return [clockLength(talk.silenceSeconds), texts.silence, texts.silenceOf];
  }
}

/** Who spoke how much: the same figures for the agent as for the supervisor. A tap on one says what it means. */
export const TalkFigures = ({ talk }: { talk: Talk }) => {
  const [open, setOpen] = useState<Name | null>(null);
  const parts = [talk.agentSeconds, talk.customerSeconds, talk.silenceSeconds] as const;
  const [agent, customer, silence] = parts.map(length);
  return (
    <section class="talk" aria-label={texts.who} data-talk>
      <div class="mix" role="img" aria-label={texts.bar(agent ?? "", customer ?? "", silence ?? "")}>
        {parts.map((seconds, i) => (
          <i class={["c-accent", "c-ok", "c-line"][i]} style={{ "flex-grow": String(seconds) }} />
        ))}
      </div>
      <div class="talk-figures">
        {figures.map((name) => {
          const [figure, label, more] = written(talk, name);
          return (
            <button
              type="button"
              data-figure={name}
              aria-expanded={String(open === name)}
              onClick={() => setOpen(open === name ? null : name)}
            >
              <b>{figure}</b>
              <span>{label}</span>
              {more === "" ? null : <span class="faint">{more}</span>}
            </button>
          );
        })}
      </div>
      {open === null ? null : (
        <p key={open} class="note" role="status">
          <span>
            {texts.means[open]} <span class="faint">{texts.onlyTimes}</span>
          </span>
        </p>
      )}
    </section>
  );
};
