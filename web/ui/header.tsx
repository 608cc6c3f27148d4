import type { Child } from "hono/jsx/dom";
import type { Me } from "#contract";
import { t } from "../i18n/index.ts";
import { board } from "../live.ts";
import { ageOf, shortDay, timeOfDay } from "./format.ts";
import { useNow } from "./now.ts";
import { useStore } from "./store.ts";

/** The page's head: its title, how it is connected, and the site's clock. */
export const Header = ({
  me,
  title,
  sub,
  action,
}: {
  me: Me;
  title: string;
  sub?: string;
  action?: Child;
}) => {
  const now = new Date(useNow());
  return (
    <header class="top">
      <div class="grow">
        <h1 class="cut">{title}</h1>
        <LiveLine sub={sub} />
      </div>
      {action}
      <div class="clock" role="timer" aria-live="off">
        {timeOfDay(now, me.timeZone)}
        <small>{shortDay(now, me.timeZone)}</small>
      </div>
    </header>
  );
};

const LiveLine = ({ sub }: { sub: string | undefined }) => {
  const { connection, heardAt } = useStore(board);
  const age = useNow() - heardAt;
  const lost = heardAt === 0 || age < 60_000 ? t.live.lost : t.live.lostFor(ageOf(age));
  const line = { connecting: t.live.connecting, lost, live: sub ?? t.live.on }[connection];
  return (
    <span class={`live${connection === "live" ? "" : " wait"}`} role="status" data-connection={connection}>
      <span class="cut">{line}</span>
    </span>
  );
};
