import type { FC } from "hono/jsx/dom";
import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me } from "#contract";
import { t } from "../i18n/index.ts";
import type { IconName } from "../ui/icon.tsx";
import { Shell } from "../ui/shell.tsx";

type Page = FC<{ me: Me }>;
type Screen = {
  hash: string;
  icon: IconName;
  label: string;
  load: () => Promise<Page>;
  /** No tab leads to it: other screens do, or the menu of further things. */
  aside?: "screens" | "menu";
};

/** A screen and its charts, of which neither waits for the other; a chart that does not come leaves its box empty. */
const withCharts = <T,>(screen: Promise<T>, charts: Promise<unknown>): Promise<T> => {
  charts.catch(() => undefined);
  return screen;
};
const loadPanel = async (): Promise<Page> =>
  (await withCharts(import("./panel/panel.tsx"), import("./panel/bars.ts"))).Panel;
const loadDay = async (): Promise<Page> => (await import("./day/my-day.tsx")).MyDay;
const loadTeam = async (): Promise<Page> => (await import("./team/team.tsx")).Team;
const loadRecordings = async (): Promise<Page> =>
  (await import("./recordings/recordings.tsx")).RecordingsPage;

const loadContacts = async (): Promise<Page> => (await import("./contacts/contacts.tsx")).ContactsPage;
const loadTrends = async (): Promise<Page> =>
  (await withCharts(import("./trends/trends.tsx"), import("./trends/rate-chart.ts"))).TrendsPage;

/** Each screen comes when it is first opened: nobody loads another role's. */
const screensOf = ({ role }: Me): [Screen, ...Screen[]] => {
  const recordings: Screen = {
    hash: "#grabaciones",
    icon: "voices",
    label: t.nav.recordings,
    load: loadRecordings,
  };
  const contacts: Screen = { hash: "#contactos", icon: "book", label: t.nav.contacts, load: loadContacts };
  if (role === "agent")
    return [
      { hash: "#dia", icon: "day", label: t.nav.day, load: loadDay },
      { ...recordings, label: t.nav.ownCalls },
      contacts,
    ];
  const further: Screen = { ...contacts, aside: "menu" };
  const panel: Screen = { hash: "#panel", icon: "panel", label: t.nav.panel, load: loadPanel };
  const team: Screen = { hash: "#equipo", icon: "team", label: t.nav.team, load: loadTeam };
  const trends: Screen = { hash: "#tendencias", icon: "trend", label: t.nav.trends, load: loadTrends };
  return role === "executive"
    ? [trends, { ...panel, label: t.nav.now }, recordings, { ...team, aside: "screens" }, further]
    : [panel, team, trends, recordings, further];
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
  const links = (aside: Screen["aside"]) =>
    screens
      .filter((screen) => screen.aside === aside)
      .map(({ hash, icon, label }) => ({
        href: hash,
        icon,
        label,
        current: hash === (shown?.hash ?? current),
      }));
  const Page = shown?.page;
  return (
    <Shell me={me} items={links(undefined)} more={links("menu")}>
      {shown && Page ? <Page key={shown.hash} me={me} /> : null}
    </Shell>
  );
};
