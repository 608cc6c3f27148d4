import { useState } from "hono/jsx/dom";
import type { Backups, Me } from "#contract";
import { keeping } from "../../i18n/keeping.ts";
import { dayAndMonth, dayAt, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { keepingApi } from "./api.ts";
import { sizeOf } from "./size.ts";

/** The database's copies, when each goes, and one more on request. */
export const BackupList = ({ first, me }: { first: Backups; me: Me }) => {
  const { busy, problem, work } = useWork();
  const [{ items, possible, folder }, setBackups] = useState(first);
  const day = (at: string): string => dayAndMonth(dayAt(new Date(at), me.timeZone));
  const backUp = (): Promise<boolean> =>
    work(async () => {
      await keepingApi.backUp();
      setBackups(await keepingApi.backups());
    });
  return (
    <section class="card stacked" data-part="backups">
      <header class="tight">
        <h2>{keeping.backups}</h2>
        <button type="button" class="btn" disabled={busy || !possible} onClick={() => void backUp()}>
          {keeping.backUp}
        </button>
      </header>
      <p class="hint">{keeping.backupsText}</p>
      {possible ? null : (
        <div key="impossible" class="note">
          <Icon name="warning" tone="warn" />
          <span>{keeping.impossible}</span>
        </div>
      )}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {items.length === 0 ? (
        <p key="none" class="soft">
          {keeping.noBackups}
        </p>
      ) : (
        <ul key="list" class="rows bleed">
          {items.map(({ id, kind, made, bytes, goesAt }) => (
            <li key={id} data-backup={kind}>
              <span class="grow kept">
                {day(made)}, {timeOfDay(made, me.timeZone)}
                <span class="hint">
                  {keeping.backupKinds[kind]} · {keeping.until(day(goesAt))}
                </span>
              </span>
              <span class="soft">{sizeOf(bytes)}</span>
            </li>
          ))}
        </ul>
      )}
      <p class="hint" data-folder>
        {keeping.backupsAt} <code>{folder}</code>. {keeping.notFromHere}
      </p>
      <p class="hint">{keeping.restoreHow}</p>
    </section>
  );
};
