import { useState } from "hono/jsx/dom";
import type { Recording } from "#contract";
import { t } from "../../i18n/index.ts";
import { player } from "../../i18n/player.ts";
import { Field, valuesOf } from "../../ui/field.tsx";
import { createStore, useStore } from "../../ui/store.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { library } from "./api.ts";

/** What was held and released since the list was asked for, by the call. */
const changed = createStore<ReadonlyMap<string, boolean>>(new Map());

/** Whether it is held now. */
export const useHeld = ({ callId, held }: Recording): boolean => useStore(changed).get(callId) ?? held;

/** Keeps a recording from retention, trash and erasure, and says why; or lets it go again. */
export const Hold = ({ recording }: { recording: Recording }) => {
  const { callId } = recording;
  const held = useHeld(recording);
  const [asking, setAsking] = useState(false);
  const { busy, problem, work } = useWork();
  const set = (now: boolean, deed: () => Promise<unknown>): void =>
    void work(async () => {
      await deed();
      changed.set(new Map(changed.get()).set(callId, now));
      setAsking(false);
    });
  const submit = (event: Event): void => {
    event.preventDefault();
    const { why = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    set(true, () => library.hold(callId, why));
  };
  return (
    <section class="stacked" data-hold={String(held)}>
      {asking ? null : (
        <p key={String(held)} class="h wrap">
          <span class="grow sm soft">{held ? player.hold.is : player.hold.isNot}</span>
          <button
            type="button"
            class="btn"
            disabled={busy}
            onClick={() => (held ? set(false, () => library.release(callId)) : setAsking(true))}
          >
            {held ? player.hold.release : player.hold.hold}
          </button>
        </p>
      )}
      {asking ? (
        <form key="why" class="card stacked" onSubmit={submit}>
          <Field
            name="why"
            label={player.hold.why}
            hint={player.hold.whyHint}
            maxLength={200}
            problem={problem}
            focus
          />
          <div class="h">
            <button type="button" class="btn grow" onClick={() => setAsking(false)}>
              {t.cancel}
            </button>
            <button type="submit" class="btn primary grow" disabled={busy}>
              {player.hold.hold}
            </button>
          </div>
        </form>
      ) : null}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </section>
  );
};
