import type { CopilotStatus, Me } from "#contract";
import { api } from "../api.ts";
import { assist, loadAssistTexts } from "../i18n/assist.ts";
import { followLive } from "../live.ts";
import { show, signedIn } from "../session.tsx";
import { createStore, useStore } from "../ui/store.ts";
import { Assist } from "./assist.tsx";

const RETRY_MS = 5000;

/** The model and the objections; kept while the server is away. */
const copilot = createStore<CopilotStatus | null>(null);

async function load(): Promise<void> {
  try {
    copilot.set(await api.copilot());
  } catch (error) {
    console.warn("the copilot's status did not come", error);
    if (copilot.get() === null) setTimeout(() => void load(), RETRY_MS);
  }
}

const Page = ({ me }: { me: Me }) => <Assist me={me} status={useStore(copilot)} reload={() => void load()} />;

const me = await signedIn();
if (me) {
  await loadAssistTexts();
  followLive("me");
  show(<Page me={me} />, assist.title);
  await load();
}
