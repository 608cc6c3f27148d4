import { useLayoutEffect, useRef } from "hono/jsx/dom";
import { t } from "../i18n/index.ts";

type Props = {
  /** What will happen. */
  what: string;
  yes: string;
  busy: boolean;
  act: () => void;
  cancel: () => void;
};

/** The question before what somebody would feel at once. The focus goes to the way back. */
export const Sure = ({ what, yes, busy, act, cancel }: Props) => {
  const back = useRef<HTMLButtonElement>(null);
  // the button enters the page after this effect
  useLayoutEffect(() => queueMicrotask(() => back.current?.focus()), []);
  return (
    <span class="sure">
      <span class="sm warn">{what}</span>
      <button ref={back} type="button" class="btn" onClick={cancel}>
        {t.cancel}
      </button>
      <button type="button" class="btn" disabled={busy} data-yes onClick={act}>
        {yes}
      </button>
    </span>
  );
};
