import type { Me } from "#contract";
import { t } from "../i18n/index.ts";
import { loadOfficeTexts, office } from "../i18n/office.ts";
import { followLive } from "../live.ts";
import { show, signedIn } from "../session.tsx";
import { Header } from "../ui/header.tsx";
import { Shell } from "../ui/shell.tsx";
import { Pairing } from "./pairing.tsx";
import { People } from "./people.tsx";

const Admin = ({ me }: { me: Me }) => (
  <Shell
    me={me}
    items={[
      { href: "/mobile", icon: "panel", label: t.nav.panel, current: false },
      { href: "/admin", icon: "team", label: office.admin.people, current: true },
    ]}
  >
    <Header me={me} title={office.admin.title} />
    <main>
      {me.role === "admin" ? (
        <div class="cols even">
          <div class="column">
            <People />
          </div>
          <div class="column">
            <Pairing />
          </div>
        </div>
      ) : (
        <p class="card">{office.admin.onlyAdmins}</p>
      )}
    </main>
  </Shell>
);

const me = await signedIn();
if (me) {
  await loadOfficeTexts();
  followLive();
  show(<Admin me={me} />, office.admin.title);
}
