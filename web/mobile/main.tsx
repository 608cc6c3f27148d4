import { signedIn, show } from "../session.tsx";
import { t } from "../i18n/index.ts";
import { followLive } from "../live.ts";
import { Mobile } from "./mobile.tsx";

const me = await signedIn();
if (me) {
  followLive();
  show(<Mobile me={me} />, me.role === "agent" ? t.day.calls : t.panel.title);
}
