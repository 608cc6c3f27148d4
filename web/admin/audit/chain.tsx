import { useState } from "hono/jsx/dom";
import type { AuditChecked, AuditState, Me } from "#contract";
import { audit } from "../../i18n/audit.ts";
import { count } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { auditApi } from "./api.ts";
import { momentOf } from "./words.ts";

const COMMAND = "npm run audit -- verify";
/** Enough of a hash to compare it by eye with the published one. */
const SHORT = 16;

/** What the last check found: whole, or the first fault and what to do. */
const Finding = ({ checked, me }: { checked: AuditChecked; me: Me }) => {
  const { at, n, fault, recordings } = checked;
  const when = momentOf(at, me.timeZone);
  const wrong = fault !== null || recordings.wrong > 0;
  return (
    <div class="stacked" data-found={wrong ? "wrong" : "whole"}>
      <p class={`found ${fault ? "bad" : "ok"}`}>
        <Icon name={fault ? "warning" : "ready"} />
        <span>
          {fault
            ? `${audit.faultAt(when)} ${audit.faults[fault.kind](count(fault.n))}`
            : audit.whole(when, count(n))}
        </span>
      </p>
      {recordings.wrong > 0 ? (
        <p key="wrong" class="found bad">
          <Icon name="warning" />
          <span>{audit.recordingsWrong(count(recordings.wrong))}</span>
        </p>
      ) : null}
      <p key="proven" class="sm soft">
        {audit.recordings(count(recordings.proven))}{" "}
        {recordings.older > 0 ? audit.recordingsOlder(count(recordings.older)) : null}
      </p>
      {wrong ? (
        <p key="advice" class="sm">
          {audit.advice} <code class="command">{COMMAND}</code>
        </p>
      ) : null}
    </div>
  );
};

type Props = { state: AuditState; me: Me; reload: () => Promise<void> };

/** The chain's newest entry, what the last check found, and a new check with its progress. */
export const Chain = ({ state: { head, checked }, me, reload }: Props) => {
  const { busy, problem, work } = useWork();
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);
  const check = (): Promise<boolean> =>
    work(async () => {
      try {
        await auditApi.check(setProgress);
        await reload();
      } finally {
        setProgress(null);
      }
    });
  return (
    <section class="card stacked" data-chain>
      <header class="tight">
        <h2>{audit.chain}</h2>
      </header>
      <p class="hint">{audit.chainText}</p>
      {head ? (
        <div key={head.hash}>
          <p class="metric">{audit.entries(count(head.n))}</p>
          <p class="sm soft">
            {audit.head(momentOf(head.at, me.timeZone))}{" "}
            <code title={head.hash}>{head.hash.slice(0, SHORT)}</code>
          </p>
        </div>
      ) : null}
      {checked ? (
        <Finding key={`found ${checked.at}`} checked={checked} me={me} />
      ) : (
        <p key="unchecked" class="soft">
          {audit.unchecked}
        </p>
      )}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {progress ? (
        <div key="progress">
          <progress max={Math.max(1, progress.of)} value={progress.done} aria-label={audit.checking} />
          <p class="xs faint">{audit.checkedOf(count(progress.done), count(progress.of))}</p>
        </div>
      ) : null}
      <button key="check" type="button" class="btn" data-check disabled={busy} onClick={() => void check()}>
        {audit.check}
      </button>
    </section>
  );
};
