import { useState } from "hono/jsx/dom";
import type { Recording } from "#contract";
import { t } from "../../../i18n/index.ts";
import { player } from "../../../i18n/player.ts";
import { Field, valuesOf } from "../../../ui/field.tsx";
import { createStore, useStore } from "../../../ui/store.ts";
import { Trouble } from "../../../ui/trouble.tsx";
import { useWork } from "../../../ui/work.ts";
import { library } from "../api.ts";
import { LibraryIcon } from "../icons.tsx";

/** What was held and released since the list was asked for, by the call. */
const changed = createStore<ReadonlyMap<string, boolean>>(new Map());

export type Holding = ReturnType<typeof useHolding>;

/** Keeps a recording from retention, trash and erasure, with a reason; or lets it go again. */
export function useHolding({ callId, held }: Recording) {
  const now = useStore(changed).get(callId) ?? held;
  const [asking, setAsking] = useState(false);
  const { busy, problem, work } = useWork();
  const set = (next: boolean, deed: () => Promise<unknown>): void =>
    void work(async () => {
      await deed();
      changed.set(new Map(changed.get()).set(callId, next));
      setAsking(false);
    });
  return {
    held: now,
    asking,
    busy,
    problem,
    /** Asks for the reason, or releases at once. */
    press: () => (now ? set(false, () => library.release(callId)) : setAsking(!asking)),
    cancel: () => setAsking(false),
    hold: (why: string) => set(true, () => library.hold(callId, why)),
  };
}

export const HoldButton = ({ holding: { held, asking, busy, press } }: { holding: Holding }) => {
  const words = held ? player.hold.release : player.hold.hold;
  return (
    <button
      type="button"
      class="btn icon plain"
      aria-label={words}
      title={words}
      aria-pressed={String(held)}
      aria-expanded={String(asking)}
      disabled={busy}
      data-hold={String(held)}
      onClick={press}
    >
      <LibraryIcon name={held ? "locked" : "lock"} />
    </button>
  );
};

/** Why it is held, while that is asked; and what the server says against it. */
export const HoldForm = ({ holding: { asking, busy, problem, cancel, hold } }: { holding: Holding }) => (
  <>
    {problem ? <Trouble key="problem" problem={problem} /> : null}
    {asking ? (
      <form
        key="why"
        class="card stacked"
        data-why
        onSubmit={(event: Event) => {
          event.preventDefault();
          hold(valuesOf(event.currentTarget as HTMLFormElement)["why"] ?? "");
        }}
      >
        <Field
          name="why"
          label={player.hold.why}
          hint={player.hold.whyHint}
          maxLength={200}
          problem={problem}
          focus
        />
        <div class="h">
          <button type="button" class="btn grow" onClick={cancel}>
            {t.cancel}
          </button>
          <button type="submit" class="btn primary grow" disabled={busy}>
            {player.hold.hold}
          </button>
        </div>
      </form>
    ) : null}
  </>
);
