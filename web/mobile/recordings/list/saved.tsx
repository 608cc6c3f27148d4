import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Me, SavedFilter } from "#contract";
import { t } from "../../../i18n/index.ts";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { Icon } from "../../../ui/icon.tsx";
import { MoreIcon } from "../../../ui/more-icons.tsx";
import { LibraryIcon } from "../icons.tsx";
import { Trouble } from "../../../ui/trouble.tsx";
import { uuidv7 } from "../../../ui/uuid.ts";
import { useWork } from "../../../ui/work.ts";
import { library } from "../api.ts";
import { activeIn, filterOf, savable, wantedOf, type Wanted } from "../wanted.ts";

const byName = (all: SavedFilter[]): SavedFilter[] => all.toSorted((a, b) => a.name.localeCompare(b.name));
const same = (a: Wanted, b: Wanted): boolean => JSON.stringify(a) === JSON.stringify(b);

type Props = { filters: SavedFilter[]; wanted: Wanted; me: Me; apply: (wanted: Wanted) => void };

/** One's saved filters as chips; what is on can be saved under a name. */
export const Saved = ({ filters, wanted, me, apply }: Props) => {
  const kept = savable(wanted);
  const filter = activeIn(kept).length > 0 ? filterOf(kept, me.timeZone, new Date()) : null;
  const [all, setAll] = useState(byName(filters));
  const [naming, setNaming] = useState(false);
  const [forgotten, setForgotten] = useState<SavedFilter | null>(null);
  const { busy, problem, work } = useWork();
  const keep = (one: SavedFilter): Promise<boolean> =>
    work(async () => {
      const saved = await library.saveFilter(one);
      setAll((now) => byName([...now.filter(({ id }) => id !== saved.id), saved]));
      setForgotten(null);
      setNaming(false);
    });
  const forget = (one: SavedFilter): Promise<boolean> =>
    work(async () => {
      await library.forgetFilter(one.id);
      setAll((now) => now.filter(({ id }) => id !== one.id));
      setForgotten(one);
    });
  const current = all.find((one) => same(wantedOf(one.filter), kept));
  if (all.length === 0 && filter === null && forgotten === null) return null;
  return (
    <div class="saved">
      <div class="chips" role="group" aria-label={texts.saved}>
        {all.map((one) => (
          <span key={`${one.id} ${one === current}`} class={one === current ? "chosen" : ""}>
            <button
              type="button"
              class="chip"
              data-saved={one.name}
              aria-pressed={String(one === current)}
              onClick={() => apply(wantedOf(one.filter, wanted))}
            >
              <LibraryIcon name="star" small />
              {one.name}
            </button>
            {one === current ? (
              <button
                type="button"
                class="unchoose"
                aria-label={texts.forget(one.name)}
                title={texts.forget(one.name)}
                disabled={busy}
                onClick={() => void forget(one)}
              >
                <Icon name="close" small />
              </button>
            ) : null}
          </span>
        ))}
        {filter !== null && current === undefined && !naming ? (
          <button key="save" type="button" class="chip" data-save onClick={() => setNaming(true)}>
            <MoreIcon name="plus" small />
            {texts.save}
          </button>
        ) : null}
      </div>
      {naming && filter !== null ? (
        <Naming
          key="naming"
          busy={busy}
          hint={wanted.when !== kept.when}
          save={(name) => void keep({ id: uuidv7(), name, filter })}
          cancel={() => setNaming(false)}
        />
      ) : null}
      {forgotten ? (
        <p key="forgotten" class="h sm soft" role="status">
          {texts.forgotten(forgotten.name)}
          <button type="button" class="btn" disabled={busy} onClick={() => void keep(forgotten)}>
            {texts.undo}
          </button>
        </p>
      ) : null}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </div>
  );
};

type NamingProps = {
  busy: boolean;
  /** The days that are chosen are not part of it. */ hint: boolean;
  save: (name: string) => void;
  cancel: () => void;
};

const Naming = ({ busy, hint, save, cancel }: NamingProps) => {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    // the field enters the page after this effect
    queueMicrotask(() => input.current?.focus());
  }, []);
  const submit = (event: Event): void => {
    event.preventDefault();
    const name = input.current?.value.trim() ?? "";
    if (name !== "") save(name);
  };
  return (
    <form class="h naming" onSubmit={submit}>
      <label class="in">
        <span class="vh">{texts.saveName}</span>
        <input
          ref={input}
          name="filter-name"
          maxlength={60}
          placeholder={texts.saveName}
          autocomplete="off"
        />
      </label>
      <button type="submit" class="btn primary" disabled={busy}>
        {texts.saveDo}
      </button>
      <button type="button" class="btn icon" aria-label={t.cancel} title={t.cancel} onClick={cancel}>
        <Icon name="close" />
      </button>
      {hint ? <p class="xs soft">{texts.saveHint}</p> : null}
    </form>
  );
};
