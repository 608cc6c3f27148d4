import { useLayoutEffect, useRef } from "hono/jsx/dom";
import type { Me, Recording } from "#contract";
import { player } from "../../../i18n/player.ts";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { Outcome } from "../../../ui/disposition.tsx";
import { clockLength, contactName, count } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { Glance } from "../../../ui/waveform.tsx";
import { LibraryIcon } from "../icons.tsx";
import { momentOf } from "../words.ts";

type RowProps = {
  one: Recording;
  me: Me;
  current: boolean;
  /** It has comments that its agent has not seen. */
  news: boolean;
  open: () => void;
};

/** One recording of the list. */
export const Row = ({ one, me, current, news, open }: RowProps) => (
  <button
    type="button"
    class="row"
    aria-current={current ? "true" : undefined}
    data-call={one.callId}
    onClick={open}
  >
    <Glance glance={one.glance} loud={current} />
    <span class="grow">
      <span class="b cut">{contactName(one.contact)}</span>
      <span key={`${one.marks} ${news}`} class="sm soft h tiny">
        <span class="cut">{me.role === "agent" ? one.campaign : one.agentName}</span>
        {one.aiAsks > 0 ? (
          <span class="ai">
            <Icon name="ai" small />
            <span class="vh">{texts.withAi}</span>
          </span>
        ) : null}
        {one.marks > 0 ? (
          <span class="warn">
            <LibraryIcon name="flag" small />
            <span class="vh">{texts.marks(count(one.marks))}</span>
          </span>
        ) : null}
        {news ? <span class="tag pill acc">{player.isNew}</span> : null}
      </span>
    </span>
    <span class="nw end">
      <span class="sm soft">
        {momentOf(one.startedAt, me.timeZone)} · {clockLength(one.durationSeconds)}
      </span>
      <Outcome of={one} />
    </span>
  </button>
);

/** Asks for more before somebody has scrolled to the end; the button does the same. */
export const More = ({ more }: { more: () => void }) => {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const near = new IntersectionObserver(([seen]) => seen?.isIntersecting && more(), {
      rootMargin: "400px",
    });
    // the button enters the page after this effect
    queueMicrotask(() => button.current && near.observe(button.current));
    return () => near.disconnect();
  }, []);
  return (
    <button ref={button} type="button" class="btn after" data-more onClick={more}>
      {texts.more}
    </button>
  );
};
