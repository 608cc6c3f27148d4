import { assist, loadAssistTexts } from "../i18n/assist.ts";
import { followLive } from "../live.ts";
import { show, signedIn } from "../session.tsx";
import { Assist } from "./assist.tsx";
import { hideWindow } from "./keys.ts";

const me = await signedIn();
if (me) {
  await loadAssistTexts();
  followLive("me");
  show(
    <main class="bare">
      <Assist me={me} close={hideWindow} />
    </main>,
    assist.title,
  );
}
