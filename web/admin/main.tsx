import type { FC } from "hono/jsx/dom";
import type { Me } from "#contract";
import { access, loadAccessTexts } from "../i18n/access.ts";
import { audit, loadAuditTexts } from "../i18n/audit.ts";
import { house, loadHouseTexts } from "../i18n/house.ts";
import { keeping, loadKeepingTexts } from "../i18n/keeping.ts";
import { t } from "../i18n/index.ts";
import { loadOfficeTexts, office } from "../i18n/office.ts";
import { loadPrivacyTexts, privacy } from "../i18n/privacy.ts";
import { loadOperationTexts, operation } from "../i18n/operation.ts";
import { followLive } from "../live.ts";
import { show, signedIn } from "../session.tsx";
import { Header } from "../ui/header.tsx";
import { Shell, type NavItem } from "../ui/shell.tsx";
import { useAddress } from "./address.ts";
import "../ui/css/access.css";
import "../ui/css/office.css";
import "../ui/progress.css";
import "./admin.css";
import { AuditPage } from "./audit/audit-page.tsx";
import { CopilotPage } from "./copilot/copilot-page.tsx";
import { KeepingPage } from "./keeping/keeping-page.tsx";
import { ListeningPage } from "./listening/listening-page.tsx";
import { OperationPage } from "./operation/operation-page.tsx";
import { navIcons } from "./nav-icons.tsx";
import { KeysPage } from "./keys/keys-page.tsx";
import { PeoplePage } from "./people-page.tsx";
import { PrivacyPage } from "./privacy/privacy-page.tsx";
import { PlaybooksPage } from "./playbooks/playbooks-page.tsx";

/** For whoever came here by an address that is an admin's. */
const NotYours = ({ me }: { me: Me }) => (
  <Shell me={me} items={[{ href: "/mobile", icon: "panel", label: t.nav.board, current: false }]}>
    <Header me={me} title={office.admin.title} />
    <main>
      <section class="card stacked">
        <p>{office.admin.onlyAdmins}</p>
        <a class="btn" href="/mobile">
          {office.setup.finish}
        </a>
      </section>
    </main>
  </Shell>
);

const pages: Record<string, FC<{ me: Me; open: string }>> = {
  "#personas": PeoplePage,
  "#operacion": OperationPage,
  "#escucha": ListeningPage,
  "#copiloto": CopilotPage,
  "#argumentarios": PlaybooksPage,
  "#auditoria": AuditPage,
  "#privacidad": PrivacyPage,
  "#claves": KeysPage,
  "#conservacion": KeepingPage,
};

/** The screens, those that are used most first. */
const screens = (): Omit<NavItem, "current">[] => [
  { href: "#personas", icon: "team", label: office.admin.people },
  { href: "#operacion", icon: "settings", label: operation.title },
  { href: "#escucha", icon: "headset", label: house.ears.title },
  { href: "#copiloto", icon: "ai", label: house.copilot.title },
  { href: "#argumentarios", icon: "book", label: house.playbooks.nav },
  { href: "#privacidad", icon: navIcons.Shield, label: privacy.title },
  { href: "#conservacion", icon: navIcons.Box, label: keeping.title },
  { href: "#claves", icon: navIcons.Key, label: access.keys.title },
  { href: "#auditoria", icon: navIcons.List, label: audit.title },
];
/** As many as a phone's tabs hold; admin.css hides the rest there, and on big screens the menu's own. */
const TABS = 5;

/** Administration: people and their PCs, how the company works, who is listened to, the copilot, the playbooks, how long things are kept, who did what. Which is on show follows the address. */
const Admin = ({ me }: { me: Me }) => {
  const { screen, open } = useAddress();
  const hash = screen in pages ? screen : "#personas";
  const Page = pages[hash] ?? PeoplePage;
  const items = screens().map((item) => ({ ...item, current: item.href === hash }));
  return (
    <Shell me={me} items={items} more={items.slice(TABS)}>
      <Page key={hash} me={me} open={open} />
    </Shell>
  );
};

const me = await signedIn();
if (me) {
  await Promise.all([
    loadAccessTexts(),
    loadOfficeTexts(),
    loadHouseTexts(),
    loadOperationTexts(),
    loadKeepingTexts(),
    loadPrivacyTexts(),
    loadAuditTexts(),
  ]);
  followLive(me.id);
  show(me.role === "admin" ? <Admin me={me} /> : <NotYours me={me} />, office.admin.title);
}
