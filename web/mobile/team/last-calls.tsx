import type { Call, Me } from "#contract";
import { team as texts } from "../../i18n/team.ts";
import { time as timeTexts } from "../../i18n/time.ts";
import { Outcome } from "../../ui/disposition.tsx";
import { clockLength, contactName, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";

type Props = {
  calls: Call[];
  me: Me;
  /** Only who may correct has it. */
  correct?: (call: Call) => void;
};

/** An agent's last calls; each leads to its recording. */
export const LastCalls = ({ calls, me, correct }: Props) => (
  <section>
    <h2>{texts.lastCalls}</h2>
    {calls.length === 0 ? <p class="hint">{texts.noCalls}</p> : null}
    <div class="rows bleed">
      {calls.map((call) => (
        <div key={`${call.id} ${call.disposition} ${call.saleAmount}`} data-last-call={call.id}>
          <a class="grow" href={call.recorded ? `#grabaciones/${call.id}` : "#grabaciones"}>
            <span class="b cut">{contactName(call.contact)}</span>
            <span class="sm soft">
              {timeOfDay(call.startedAt, me.timeZone)} · {clockLength(call.talkSeconds ?? 0)}
              {call.corrected ? ` · ${timeTexts.corrected}` : ""}
            </span>
          </a>
          <Outcome of={call} />
          {correct ? (
            <button
              type="button"
              class="btn icon plain"
              aria-label={texts.correctCall(contactName(call.contact))}
              onClick={() => correct(call)}
            >
              <Icon name="pencil" small tone="soft" />
            </button>
          ) : null}
        </div>
      ))}
    </div>
  </section>
);
