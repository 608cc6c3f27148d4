import { assist, loadAssistTexts } from "../i18n/assist.ts";
import { loadConsentTexts } from "../i18n/consent.ts";
import { loadOutcomeTexts } from "../i18n/outcome.ts";
import { followLive } from "../live.ts";
import { show, signedIn } from "../session.tsx";
import { Assist } from "./assist.tsx";
import { ConsentLine } from "./consent.tsx";
import { followTray, hideWindow } from "./tray.ts";

// before anything is waited for: the tray tells as soon as the page has loaded
followTray();
const me = await signedIn();
if (me) {
  await Promise.all([loadAssistTexts(), loadOutcomeTexts(), loadConsentTexts()]);
  followLive(me.id, "me");
  show(
    <main class="bare">
      <h1 class="vh">{assist.title}</h1>
      <Assist me={me} close={hideWindow} beside={(call) => <ConsentLine key={call.id} call={call} />} />
    </main>,
    assist.title,
  );
}
