import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Session } from "#contract";
import { access } from "../i18n/access.ts";
import { ageOf, dayAndMonth, dayAt } from "./format.ts";
import { Icon } from "./icon.tsx";
import { useNow } from "./now.ts";
import { Sure } from "./sure.tsx";
import { Trouble } from "./trouble.tsx";
import { useWork } from "./work.ts";

/** Whose sessions: one's own, or for an admin anybody's. */
export type SessionsOf = {
  list(): Promise<{ items: Session[] }>;
  end(id: string): Promise<unknown>;
  /** All browsers but the one that asks. */
  endBrowsers(): Promise<unknown>;
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const dayOf = (at: string, timeZone: string): string => dayAndMonth(dayAt(new Date(at), timeZone));
const nameOf = ({ device, browser }: Session): string => device ?? browser ?? access.sessions.program;

function seen({ lastSeenAt }: Session, now: number, timeZone: string): string | null {
  if (lastSeenAt === null) return null;
  const age = Math.max(0, now - Date.parse(lastSeenAt));
  if (age < MINUTE_MS) return access.sessions.seenNow;
  return age < DAY_MS
    ? access.sessions.seenAgo(ageOf(age))
    : access.sessions.seenOn(dayOf(lastSeenAt, timeZone));
}

type RowProps = { session: Session; timeZone: string; busy: boolean; end: () => void };

const Row = ({ session, timeZone, busy, end }: RowProps) => {
  const [asking, setAsking] = useState(false);
  const now = useNow();
  const { id, kind, address, createdAt, current } = session;
  const name = nameOf(session);
  const pc = kind === "device";
  const facts = [pc ? access.sessions.pc : null, address, seen(session, now, timeZone)];
  return (
    <li class="wrap" data-session={id}>
      <span class="av" aria-hidden="true">
        <Icon name={pc ? "headset" : "language"} small />
      </span>
      <span class="grow">
        <span class="b cut">{name}</span>
        <span class="sm soft facts">{facts.filter(Boolean).join(" · ")}</span>
        <span class="sm soft">{access.sessions.since(dayOf(createdAt, timeZone))}</span>
      </span>
      {current ? <span class="tag pill ok">{access.sessions.here}</span> : null}
      {current || asking ? null : (
        <button
          key="end"
          type="button"
          class="btn"
          disabled={busy}
          aria-label={(pc ? access.sessions.unpairOf : access.sessions.endOf)(name)}
          onClick={() => (pc ? setAsking(true) : end())}
        >
          {pc ? access.sessions.unpair : access.sessions.end}
        </button>
      )}
      {asking ? (
        <Sure
          key="sure"
          what={access.sessions.unpairWhat}
          yes={access.sessions.sure}
          busy={busy}
          act={end}
          cancel={() => setAsking(false)}
        />
      ) : null}
    </li>
  );
};

/** Browsers and PCs, each with its end; all other browsers at once. */
export const Sessions = ({ of, timeZone, own }: { of: SessionsOf; timeZone: string; own: boolean }) => {
  const [items, setItems] = useState<Session[] | null>(null);
  const { busy, problem, work } = useWork();
  const load = async (): Promise<void> => setItems((await of.list()).items);
  useLayoutEffect(() => void work(load), []);
  const after = (deed: () => Promise<unknown>): void =>
    void work(async () => {
      await deed();
      await load();
    });
  const others = items?.some(({ kind, current }) => kind === "browser" && !current) ?? false;
  return (
    <section class="card flush" data-sessions>
      <header class="tight">
        <h2>{own ? access.sessions.mine : access.sessions.title}</h2>
      </header>
      <p class="nothing soft sm">{items?.length === 0 ? access.sessions.none : access.sessions.text}</p>
      {problem ? (
        <div key="problem" class="nothing">
          <Trouble problem={problem} />
        </div>
      ) : null}
      <ul key="sessions" class="rows" aria-busy={items === null && problem === null ? "true" : undefined}>
        {(items ?? []).map((session) => (
          <Row
            key={session.id}
            session={session}
            timeZone={timeZone}
            busy={busy}
            end={() => after(() => of.end(session.id))}
          />
        ))}
      </ul>
      {others ? (
        <p key="others" class="nothing">
          <button
            type="button"
            class="btn"
            disabled={busy}
            data-end-others
            onClick={() => after(() => of.endBrowsers())}
          >
            {own ? access.sessions.endOthers : access.sessions.endAll}
          </button>
        </p>
      ) : null}
    </section>
  );
};
