import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AuditEntry, AuditState, Me, Problem } from "#contract";
import { problemOf } from "../../api.ts";
import { audit } from "../../i18n/audit.ts";
import { t } from "../../i18n/index.ts";
import { count, dayAndMonth, dayAt, timeOfDay } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { auditApi } from "./api.ts";
import "./audit.css";
import { Chain } from "./chain.tsx";
import { Filters } from "./filters.tsx";
import { useEntries } from "./list.ts";
import { calledOf, nameOf, subjectOf } from "./words.ts";

type EntryProps = {
  entry: AuditEntry;
  me: Me;
  /** Narrows the list to what this entry is about. */ about: (thing: { id: string; name: string }) => void;
};

const Entry = ({ entry, me, about }: EntryProps) => {
  const { n, at, action, by, address, subject: thing } = entry;
  const subject = subjectOf(entry);
  return (
    <li data-entry={n}>
      <span class="grow">
        <span class="b cut">{nameOf(entry)}</span>
        <span class="sm deed">
          {audit.deeds[action]}
          {subject === "" ? "" : ` · ${subject}`}
        </span>
        <span class="xs faint cut">
          {[audit.number(count(n)), audit.from[by.kind], address].filter(Boolean).join(" · ")}
        </span>
      </span>
      <span class="end sm nw">
        <span>{timeOfDay(at, me.timeZone)}</span>
        <span class="soft">{dayAndMonth(dayAt(new Date(at), me.timeZone))}</span>
      </span>
      {thing ? (
        <button
          type="button"
          class="btn icon plain"
          title={audit.allAbout(calledOf(thing))}
          aria-label={audit.allAbout(calledOf(thing))}
          data-about
          onClick={() => about({ id: thing.id, name: calledOf(thing) })}
        >
          <MoreIcon name="search" />
        </button>
      ) : (
        <span class="no-more" />
      )}
    </li>
  );
};

/** «Auditoría»: who did what, when and from where; and whether it is still what was noted. */
export const AuditPage = ({ me }: { me: Me }) => {
  const list = useEntries();
  const [state, setState] = useState<AuditState | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = async (): Promise<void> => setState(await auditApi.state());
  useLayoutEffect(() => void load().catch((error: unknown) => setProblem(problemOf(error))), []);
  const { items, narrowed } = list;
  return (
    <>
      <Header me={me} title={audit.title} />
      <main>
        <div class="cols audit">
          <div class="column">
            {state ? <Chain key="chain" state={state} me={me} reload={load} /> : null}
            {problem ? <Trouble key="problem" problem={problem} /> : null}
          </div>
          <section class="card flush" aria-busy={String(items === null && list.problem === null)}>
            <header class="tight">
              <h2>{audit.list}</h2>
            </header>
            <Filters wanted={list.wanted} change={list.change} />
            {list.problem ? (
              <div key="problem" class="nothing h sb">
                <Trouble problem={list.problem} />
                <button type="button" class="btn" onClick={list.again}>
                  {t.retry}
                </button>
              </div>
            ) : null}
            {items?.length === 0 ? (
              <div key={narrowed ? "none" : "none yet"} class="nothing">
                <p>{narrowed ? audit.none : audit.noneYet}</p>
                {narrowed ? (
                  <button type="button" class="btn" onClick={list.clear}>
                    {audit.clear}
                  </button>
                ) : null}
              </div>
            ) : null}
            <ul key="entries" class="rows">
              {(items ?? []).map((entry) => (
                <Entry key={entry.n} entry={entry} me={me} about={(about) => list.change({ about })} />
              ))}
            </ul>
            {list.next === null ? null : (
              <div key={`more ${list.next}`} class="nothing">
                <button type="button" class="btn" data-more onClick={list.more}>
                  {audit.more}
                </button>
              </div>
            )}
          </section>
        </div>
      </main>
    </>
  );
};
