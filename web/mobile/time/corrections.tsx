import type { Correction, Me } from "#contract";
import { t } from "../../i18n/index.ts";
import { time as texts } from "../../i18n/time.ts";
import { outcomeName } from "../../ui/disposition.tsx";
import { money, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import "./time.css";

type Value = Correction["before"][string] | undefined;

const nameOf = (field: string): string =>
  Object.entries(texts.fields).find(([name]) => name === field)?.[1] ?? field;

/** What a field held, as a person reads it. */
function valueWords(field: string, value: Value, me: Me): string {
  if (value === null || value === undefined || value === "") return texts.empty;
  if (typeof value === "boolean") return value ? texts.yes : texts.no;
  if (typeof value === "number") return money(value, me.currency);
  if (field === "state")
    return (
      Object.entries(t.state)
        .find(([state]) => state === value)?.[1]
        .toString() ?? value
    );
  if (field === "reason") return t.pause(value);
  if (field === "disposition")
    return outcomeName({ disposition: value, dispositionName: null, dispositionKind: null });
  return /^\d{4}-\d\d-\d\dT/.test(value) ? timeOfDay(value, me.timeZone) : value;
}

const Change = ({ correction: { before, after }, me }: { correction: Correction; me: Me }) => {
  const fields = Object.keys(after).filter(
    (field) => field in texts.fields && before[field] !== after[field],
  );
  return (
    <>
      {fields.map((field) => (
        <div key={field} class="sm">
          {nameOf(field)}: <s class="soft">{valueWords(field, before[field], me)}</s> →{" "}
          <b>{valueWords(field, after[field], me)}</b>
        </div>
      ))}
    </>
  );
};

type Props = {
  corrections: Correction[];
  me: Me;
  /** Only who may correct has it: corrects back. */
  undo?: (correction: Correction) => void;
};

/** What was changed afterwards: who, when, why, and what was there before. The agent sees the same as the supervisor. */
export const Corrections = ({ corrections, me, undo }: Props) =>
  corrections.length === 0 ? null : (
    <section class="corrections" aria-label={texts.corrections} data-corrections={corrections.length}>
      <h3>{texts.corrections}</h3>
      <div>
        {corrections.map((correction) => {
          const when = timeOfDay(correction.at, me.timeZone);
          return (
            <div key={correction.id} class="h" data-correction={correction.kind}>
              <div class="grow">
                <Change correction={correction} me={me} />
                <div class="sm soft">{texts.because(correction.why)}</div>
                <div class="xs faint">{texts.by(correction.by, when)}</div>
              </div>
              {undo && Object.keys(correction.before).length > 0 ? (
                <button
                  type="button"
                  class="btn small"
                  aria-label={texts.undoOf(correction.by, when)}
                  onClick={() => undo(correction)}
                >
                  <Icon name="back" small />
                  {texts.undo}
                </button>
              ) : null}
            </div>
          );
        })}
      </div>
    </section>
  );
