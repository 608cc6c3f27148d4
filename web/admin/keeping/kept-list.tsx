import { useState } from "hono/jsx/dom";
import type { HeldRecording, Me, Page, TrashedRecording } from "#contract";
import { keeping } from "../../i18n/keeping.ts";
import { clockLength, contactName, dayAndMonth, dayAt, timeOfDay } from "../../ui/format.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { keepingApi } from "./api.ts";
import { sizeOf } from "./size.ts";

type Kept = HeldRecording | TrashedRecording;

type Props<T extends Kept> = {
  name: string;
  title: string;
  text: string;
  none: string;
  first: Page<T>;
  me: Me;
  /** What stands under a recording's own line. */
  note: (one: T) => string;
  deed: { words: string; of: (name: string) => string; does: (callId: string) => Promise<unknown> };
  load: (after: string) => Promise<Page<T>>;
  changed: () => void;
};

/** Recordings with one thing that can be done to each; it leaves the list then. */
function KeptList<T extends Kept>({
  name,
  title,
  text,
  none,
  first,
  me,
  note,
  deed,
  load,
  changed,
}: Props<T>) {
  const { busy, problem, work } = useWork();
  const [{ items, next }, setPage] = useState(first);
  const act = (callId: string): Promise<boolean> =>
    work(async () => {
      await deed.does(callId);
      setPage({ items: items.filter((one) => one.callId !== callId), next });
      changed();
    });
  const more = (after: string): Promise<boolean> =>
    work(async () => {
      const page = await load(after);
      setPage({ items: [...items, ...page.items], next: page.next });
    });
  return (
    <section class="card stacked" data-part={name}>
      <header class="tight">
        <h2>{title}</h2>
      </header>
      <p class="hint">{text}</p>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {items.length === 0 ? (
        <p key="none" class="soft">
          {none}
        </p>
      ) : (
        <ul key="list" class="rows bleed">
          {items.map((one) => (
            <li key={one.callId} data-kept={one.callId}>
              <span class="grow kept">
                {contactName(one.contact)} · {one.agentName}
                <span class="hint">
                  {dayAndMonth(dayAt(new Date(one.startedAt), me.timeZone))},{" "}
                  {timeOfDay(one.startedAt, me.timeZone)} · {clockLength(one.durationSeconds)} ·{" "}
                  {one.format === "opus" ? "Opus" : one.format.toUpperCase()} {sizeOf(one.bytes)}
                </span>
                <span class="hint">{note(one)}</span>
              </span>
              <button
                type="button"
                class="btn"
                aria-label={deed.of(contactName(one.contact))}
                disabled={busy}
                onClick={() => void act(one.callId)}
              >
                {deed.words}
              </button>
            </li>
          ))}
        </ul>
      )}
      {next === null ? null : (
        <button key="more" type="button" class="btn" disabled={busy} onClick={() => void more(next)}>
          {keeping.more}
        </button>
      )}
    </section>
  );
}

type Shown<T extends Kept> = { first: Page<T>; me: Me; changed: () => void };
const dayOf = (at: string, me: Me): string => dayAndMonth(dayAt(new Date(at), me.timeZone));

export const Holds = ({ me, ...shown }: Shown<HeldRecording>) => (
  <KeptList
    {...shown}
    me={me}
    name="holds"
    title={keeping.holds}
    text={keeping.holdsText}
    none={keeping.noHolds}
    note={({ hold: { by, at, why } }) => `${keeping.heldBy(by ?? keeping.somebody, dayOf(at, me))}: ${why}`}
    deed={{ words: keeping.release, of: keeping.releaseOf, does: keepingApi.release }}
    load={keepingApi.holds}
  />
);

export const Trash = ({ me, ...shown }: Shown<TrashedRecording>) => (
  <KeptList
    {...shown}
    me={me}
    name="trash"
    title={keeping.trash}
    text={keeping.trashText}
    none={keeping.noTrash}
    note={({ by, goesAt }) =>
      `${by === null ? keeping.byRule : keeping.trashedBy(by)}. ${keeping.goes(dayOf(goesAt, me))}`
    }
    deed={{ words: keeping.restore, of: keeping.restoreOf, does: keepingApi.restore }}
    load={keepingApi.trash}
  />
);
