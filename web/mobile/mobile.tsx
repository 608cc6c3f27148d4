import type { FC } from "hono/jsx/dom";
import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me } from "#contract";
import { t } from "../i18n/index.ts";
import type { IconName } from "../ui/icon.tsx";
import { Shell } from "../ui/shell.tsx";
import { Panel } from "./panel/panel.tsx";

type Page = FC<{ me: Me }>;
type Screen = {
  hash: string;
  icon: IconName;
  label: string;
  load: () => Page | Promise<Page>;
  /** Other screens lead to it, no tab does. */
  aside?: boolean;
};

const loadDay = async (): Promise<Page> => (await import("./day/my-day.tsx")).MyDay;
const loadTeam = async (): Promise<Page> => (await import("./team/team.tsx")).Team;
const loadRecordings = async (): Promise<Page> =>
  (await import("./recordings/recordings.tsx")).RecordingsPage;

const loadTrends = async (): Promise<Page> => (await import("./trends/trends.tsx")).TrendsPage;

/** The panel comes with the page; the other screens when they are first opened. */
const screensOf = ({ role }: Me): [Screen, ...Screen[]] => {
  const recordings: Screen = {
    hash: "#grabaciones",
    icon: "voices",
    label: t.nav.recordings,
    load: loadRecordings,
  };
  if (role === "agent")
    return [
      { hash: "#dia", icon: "day", label: t.nav.day, load: loadDay },
      { ...recordings, label: t.nav.ownCalls },
    ];
  const panel: Screen = { hash: "#panel", icon: "panel", label: t.nav.panel, load: () => Panel };
  const team: Screen = { hash: "#equipo", icon: "team", label: t.nav.team, load: loadTeam };
  const trends: Screen = { hash: "#tendencias", icon: "trend", label: t.nav.trends, load: loadTrends };
  return role === "executive"
    ? [trends, { ...panel, label: t.nav.now }, recordings, { ...team, aside: true }]
    : [panel, team, trends, recordings];
};

/** The screen that the address names; what follows a slash or a question mark is the screen's own. */
function named(screens: [Screen, ...Screen[]]): Screen {
  const hash = location.hash.split(/[/?]/)[0];
  return screens.find((screen) => screen.hash === hash) ?? screens[0];
}

/** The board: which screen is on show follows the address. */
export const Mobile = ({ me }: { me: Me }) => {
  const screens = screensOf(me);
  const [shown, setShown] = useState<{ hash: string; page: Page } | null>(null);
  const current = named(screens).hash;
  useLayoutEffect(() => {
    const follow = async (): Promise<void> => {
      const { hash, load } = named(screens);
      const page = await load();
      if (named(screens).hash !== hash) return;
      setShown({ hash, page });
      scrollTo(0, 0);
    };
    const onHash = (): void => void follow();
    onHash();
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, []);
  const items = screens
    .filter(({ aside }) => !aside)
    .map(({ hash, icon, label }) => ({
      href: hash,
      icon,
      label,
      current: hash === (shown?.hash ?? current),
    }));
  const Page = shown?.page;
  return (
    <Shell me={me} items={items}>
      {shown && Page ? <Page key={shown.hash} me={me} /> : null}
    </Shell>
  );
};
