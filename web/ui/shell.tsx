import type { Child, FC } from "hono/jsx/dom";
import { useLayoutEffect, useRef } from "hono/jsx/dom";
import type { Me } from "#contract";
import { language, t } from "../i18n/index.ts";
import { switchLanguage } from "./language.ts";
import { signOut } from "../session.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { Logo } from "./logo.tsx";
import { toggleTheme } from "./theme.ts";

/** `icon` is one of the first load's by its name, or a drawing of the page's own. */
export type NavItem = {
  href: string;
  icon: IconName | FC;
  label: string;
  current: boolean;
};

type Props = {
  me: Me;
  items: NavItem[];
  /** Screens in the menu of further things. */
  more?: NavItem[];
  children: Child;
};

const Drawn = ({ icon: Own }: Pick<NavItem, "icon">) =>
  typeof Own === "string" ? <Icon name={Own} /> : <Own />;

/** The frame of the big pages: tabs below on a phone, a rail, a sidebar. */
export const Shell = ({ me, items, more = [], children }: Props) => (
  <div class="app">
    <nav class="nav" aria-label={t.nav.main}>
      <a class="logo" href="/mobile" aria-label={t.product}>
        <Logo size={28} />
        <span>{t.product}</span>
      </a>
      {items.map(({ href, icon, label, current }) => (
        <a key={href} href={href} aria-current={current ? "page" : undefined}>
          <Drawn icon={icon} />
          <span>{label}</span>
        </a>
      ))}
      <More me={me} more={more} />
    </nav>
    {children}
  </div>
);

const More = ({ me, more }: { me: Me; more: NavItem[] }) => {
  const menu = useRef<HTMLDetailsElement>(null);
  useLayoutEffect(() => {
    const shut = (event: Event): void => {
      const outside = event.target instanceof Node && !menu.current?.contains(event.target);
      if (menu.current && (outside || (event instanceof KeyboardEvent && event.key === "Escape")))
        menu.current.open = false;
    };
    addEventListener("pointerdown", shut);
    addEventListener("keydown", shut);
    return () => {
      removeEventListener("pointerdown", shut);
      removeEventListener("keydown", shut);
    };
  }, []);
  return (
    <details ref={menu}>
      <summary aria-label={t.nav.moreOptions}>
        <Icon name="more" />
        <span>{t.nav.more}</span>
      </summary>
      <div class="menu">
        {more.map(({ href, icon, label, current }) => (
          <a
            key={href}
            href={href}
            aria-current={current ? "page" : undefined}
            onClick={() => menu.current?.removeAttribute("open")}
          >
            <Drawn icon={icon} />
            {label}
          </a>
        ))}
        <a href="/account">
          <Icon name="team" />
          {t.nav.account}
        </a>
        <button type="button" onClick={toggleTheme}>
          <Icon name="theme" />
          {t.nav.theme}
        </button>
        <button type="button" onClick={() => switchLanguage(language === "es" ? "en" : "es")}>
          <Icon name="language" />
          {t.languageNow}
        </button>
        {me.role === "admin" ? (
          <a href={location.pathname.startsWith("/admin") ? "/mobile" : "/admin"}>
            <Icon name="settings" />
            {location.pathname.startsWith("/admin") ? t.nav.board : t.nav.people}
          </a>
        ) : null}
        <button type="button" onClick={() => void signOut()}>
          <Icon name="signOut" />
          {t.nav.signOut}
        </button>
      </div>
    </details>
  );
};
