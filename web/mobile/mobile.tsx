import type { FC } from "hono/jsx/dom";
import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me } from "#contract";
import { t } from "../i18n/index.ts";
import type { IconName } from "../ui/icon.tsx";
import { Shell } from "../ui/shell.tsx";
import { MyDay } from "./day/my-day.tsx";
import { Panel } from "./panel/panel.tsx";
import { RecordingsPage } from "./recordings/recordings.tsx";
import { Team } from "./team/team.tsx";

type Screen = { hash: string; icon: IconName; label: string; page: FC<{ me: Me }> };

const screensOf = (me: Me): Screen[] =>
  me.role === "agent"
    ? [
        { hash: "#dia", icon: "day", label: t.nav.day, page: MyDay },
        { hash: "#grabaciones", icon: "voices", label: t.nav.ownCalls, page: RecordingsPage },
      ]
    : [
        { hash: "#panel", icon: "panel", label: t.nav.panel, page: Panel },
        { hash: "#equipo", icon: "team", label: t.nav.team, page: Team },
        { hash: "#grabaciones", icon: "voices", label: t.nav.recordings, page: RecordingsPage },
      ];

/** `#grabaciones/<call id>` opens that recording. */
const screenHash = (): string => location.hash.split("/")[0] ?? "";

/** The board: which screen is on show follows the address. */
export const Mobile = ({ me }: { me: Me }) => {
  const [hash, setHash] = useState(screenHash());
  useLayoutEffect(() => {
    const follow = (): void => {
      setHash(screenHash());
      scrollTo(0, 0);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const screens = screensOf(me);
  const screen = screens.find((one) => one.hash === hash) ?? screens[0];
  if (!screen) return null;
  const { page: Page } = screen;
  const items = screens.map((one) => ({ href: one.hash, icon: one.icon, label: one.label, current: one === screen }));
  return (
    <Shell me={me} items={items}>
      <Page key={screen.hash} me={me} />
    </Shell>
  );
};
