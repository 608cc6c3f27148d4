import { assist, loadAssistTexts } from "../i18n/assist.ts";
import { loadOutcomeTexts } from "../i18n/outcome.ts";
import { followLive } from "../live.ts";
import { show, signedIn } from "../session.tsx";
import { Assist } from "./assist.tsx";
import { followTray, hideWindow } from "./tray.ts";

// before anything is waited for: the tray tells as soon as the page has loaded
followTray();
const me = await signedIn();
if (me) {
  await Promise.all([loadAssistTexts(), loadOutcomeTexts()]);
  followLive("me");
  show(
    <main class="bare">
      <Assist me={me} close={hideWindow} />
    </main>,
    assist.title,
  );
}
