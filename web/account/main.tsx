import type { Me } from "#contract";
import { loadAccessTexts } from "../i18n/access.ts";
import { t } from "../i18n/index.ts";
import { show, signedIn } from "../session.tsx";
import { Sessions } from "../ui/sessions.tsx";
import { Shell } from "../ui/shell.tsx";
import "../ui/css/access.css";
import { mySessions } from "./api.ts";
import { PasswordForm } from "./password-form.tsx";

/** «Mi cuenta»: where one is signed in, and the password. */
const Account = ({ me }: { me: Me }) => (
  <Shell
    me={me}
    items={[
      { href: "/mobile", icon: "panel", label: t.nav.board, current: false },
      { href: "/account", icon: "team", label: t.nav.account, current: true },
    ]}
  >
    <header class="top">
      <div class="grow">
        <h1 class="cut">{t.nav.account}</h1>
        <span class="soft sm cut">
          {me.name} · {me.email}
        </span>
      </div>
    </header>
    <main>
      <div class="cols even">
        <div class="column">
          <Sessions of={mySessions} timeZone={me.timeZone} own />
        </div>
        <div class="column">
          <PasswordForm email={me.email} />
        </div>
      </div>
    </main>
  </Shell>
);

const me = await signedIn();
if (me) {
  await loadAccessTexts();
  show(<Account me={me} />, t.nav.account);
}
