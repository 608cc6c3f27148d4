import type { FC } from "hono/jsx/dom";
import type { Me } from "#contract";
import { access, loadAccessTexts } from "../i18n/access.ts";
import { audit, loadAuditTexts } from "../i18n/audit.ts";
import { house, loadHouseTexts } from "../i18n/house.ts";
import { keeping, loadKeepingTexts } from "../i18n/keeping.ts";
import { loadOfficeTexts, office } from "../i18n/office.ts";
import { loadPrivacyTexts, privacy } from "../i18n/privacy.ts";
import { loadOperationTexts, operation } from "../i18n/operation.ts";
import { followLive } from "../live.ts";
import { show, signedIn } from "../session.tsx";
import { Header } from "../ui/header.tsx";
import { Shell } from "../ui/shell.tsx";
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
import { KeysPage } from "./keys/keys-page.tsx";
import { PeoplePage } from "./people-page.tsx";
import { PrivacyPage } from "./privacy/privacy-page.tsx";
import { PlaybooksPage } from "./playbooks/playbooks-page.tsx";

const NotYours = ({ me }: { me: Me }) => (
  <>
    <Header me={me} title={office.admin.title} />
    <main>
      <p class="card">{office.admin.onlyAdmins}</p>
    </main>
  </>
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

/** Administration: people and their PCs, how the company works, who is listened to, the copilot, the playbooks, how long things are kept, who did what. Which is on show follows the address. */
const Admin = ({ me }: { me: Me }) => {
  const { screen, open } = useAddress();
  const hash = screen in pages ? screen : "#personas";
  const Page = me.role === "admin" ? (pages[hash] ?? PeoplePage) : NotYours;
  return (
    <Shell
      me={me}
      items={[
        { href: "#personas", icon: "team", label: office.admin.people, current: hash === "#personas" },
        { href: "#operacion", icon: "day", label: operation.title, current: hash === "#operacion" },
        { href: "#escucha", icon: "headset", label: house.ears.title, current: hash === "#escucha" },
        { href: "#copiloto", icon: "ai", label: house.copilot.title, current: hash === "#copiloto" },
        {
          href: "#argumentarios",
          icon: "book",
          label: house.playbooks.nav,
          current: hash === "#argumentarios",
        },
      ]}
      more={[
        { href: "#privacidad", icon: "eye", label: privacy.title, current: hash === "#privacidad" },
        { href: "#conservacion", icon: "clock", label: keeping.title, current: hash === "#conservacion" },
        { href: "#claves", icon: "ready", label: access.keys.title, current: hash === "#claves" },
        { href: "#auditoria", icon: "eye", label: audit.title, current: hash === "#auditoria" },
      ]}
    >
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
  show(<Admin me={me} />, office.admin.title);
}
