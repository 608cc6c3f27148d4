import { useState } from "hono/jsx/dom";
import type { Call, Me } from "#contract";
import { api } from "../../api.ts";
import { day as texts } from "../../i18n/day.ts";
import { copyText } from "../../ui/clipboard.ts";
import { briefLength, contactName, count, dayAndMonth, dayAt, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { useNow } from "../../ui/now.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { daysAfter } from "../../ui/zoned.ts";

/** A call whose customer waits for another one. */
export type Waiting = Call & { callbackAt: string };
export const isOverdue = ({ callbackAt, callbackDoneAt }: Waiting, now: number): boolean =>
  callbackDoneAt === null && Date.parse(callbackAt) <= now;

/** `17:00`, `mañana 10:30`, `26 nov 10:30`. */
function whenWords(at: string, now: number, { timeZone }: Me): string {
  const time = timeOfDay(at, timeZone);
  const [day, today] = [dayAt(new Date(at), timeZone), dayAt(new Date(now), timeZone)];
  if (day === today) return time;
  return day === daysAfter(today, 1) ? texts.tomorrow(time) : texts.on(dayAndMonth(day), time);
}

type LineProps = { call: Waiting; now: number; me: Me; first: boolean; put: (call: Call) => void };

const Line = ({ call, now, me, first, put }: LineProps) => {
  const { busy, problem, work } = useWork();
  const [copied, setCopied] = useState(false);
  const who = contactName(call.contact);
  const late = isOverdue(call, now);
  const when = whenWords(call.callbackAt, now, me);
  const { phone } = call.contact;
  const mark = (callbackDone: boolean): void =>
    void work(async () => put(await api.changeCall(call.id, { callbackDone })));
  if (call.callbackDoneAt !== null)
    return (
      <div key="done" data-callback={call.id} data-step="done">
        <span class="grow sm soft cut">{texts.wasDone(who)}</span>
        <button type="button" class="btn" disabled={busy} onClick={() => mark(false)}>
          {texts.undo}
        </button>
      </div>
    );
  return (
    <div key="waiting" class="wrap" data-callback={call.id} data-step={late ? "late" : "later"}>
      <span class="grow">
        <span class="b cut">{who}</span>
        {late ? (
          <span key="late" class="sm bad h tiny">
            <Icon name="warning" small />
            {texts.late(when, briefLength((now - Date.parse(call.callbackAt)) / 1000))}
          </span>
        ) : (
          <span key="later" class="sm soft cut">
            {texts.at(when, call.notes ?? "")}
          </span>
        )}
      </span>
      <button
        type="button"
        class="btn icon plain"
        aria-label={texts.doneOf(who)}
        disabled={busy}
        onClick={() => mark(true)}
      >
        <Icon name="check" />
      </button>
      {phone === null ? null : (
        <a
          class={`btn${first && late ? " primary" : ""}`}
          href={`tel:${phone.replace(/[^+\d]/g, "")}`}
          aria-label={texts.dialTo(who)}
          onClick={() => void copyText(phone).then(() => setCopied(true))}
        >
          {copied ? texts.numberCopied : texts.dial}
        </a>
      )}
      {problem ? <Trouble problem={problem} /> : null}
    </div>
  );
};

type Props = { calls: Waiting[]; me: Me; put: (call: Call) => void };

/** «Rellamadas»: whom to call again, the most overdue first. */
export const Callbacks = ({ calls, me, put }: Props) => {
  const now = useNow();
  const overdue = calls.filter((call) => isOverdue(call, now)).length;
  return (
    <section class="card flush" data-callbacks={calls.length}>
      <header>
        <h2>{texts.callbacks}</h2>
        <span key={overdue} class="tag warn">
          {overdue > 0 ? texts.due(count(overdue)) : ""}
        </span>
      </header>
      {calls.length === 0 ? (
        <p key="none" class="nothing">
          {texts.noCallbacks}
        </p>
      ) : null}
      <div key="rows" class="rows">
        {calls.map((call, i) => (
          <Line key={call.id} call={call} now={now} me={me} first={i === 0} put={put} />
        ))}
      </div>
    </section>
  );
};
