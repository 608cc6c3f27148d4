import { signedIn, show } from "../session.tsx";
import { t } from "../i18n/index.ts";
import { board, followLive } from "../live.ts";
import { Mobile } from "./mobile.tsx";

const installed = () => import("../pwa/install.ts");
const me = await signedIn(async () => (await installed()).showLastSeen());
if (me) {
  followLive(me.id);
  show(<Mobile me={me} />, me.role === "agent" ? t.day.calls : t.panel.title);
  // once the board is on show, and only where the browser allows it: over TLS, or on the server's own PC
  const stop = board.subscribe(() => {
    if (board.get().connection !== "live") return;
    stop();
    if (navigator.serviceWorker) void installed().then(({ install }) => install(me));
  });
}
