import { useLayoutEffect, useRef } from "hono/jsx/dom";
import type { Call, Me } from "#contract";
import { day as texts } from "../../i18n/day.ts";
import { t } from "../../i18n/index.ts";
import { contactName, timeOfDay } from "../../ui/format.ts";
import { useWrapUp } from "../../ui/use-wrap-up.ts";
import { WrapUp } from "../../ui/wrap-up.tsx";

/** Keys of the outcomes, while nothing is being typed and no sheet is open. */
function useKeys(press: (key: string) => boolean): void {
  const latest = useRef(press);
  latest.current = press;
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      const busy = target.closest("input,textarea,select") ?? document.querySelector("dialog[open]");
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
      if (busy || !plain || event.key.length !== 1) return;
      if (latest.current?.(event.key)) event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

/** The call that has just ended and waits for its outcome; one key says it. */
export const LastCall = ({ call, me, saved }: { call: Call; me: Me; saved: (call: Call) => void }) => {
  const wrapUp = useWrapUp(call, me.timeZone, saved);
  useKeys(wrapUp.press);
  return (
    <section class="card last-call" data-wrap-up={call.id}>
      <header class="tight">
        <h2>{texts.how}</h2>
      </header>
      <p class="sm soft below">
        {t.day.with(contactName(call.contact), timeOfDay(call.startedAt, me.timeZone))}
      </p>
      <WrapUp wrapUp={wrapUp} keys />
    </section>
  );
};
