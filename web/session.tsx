import type { Child } from "hono/jsx/dom";
import { render } from "hono/jsx/dom";
import type { Me } from "#contract";
import { api, ApiError, goToLogin } from "./api.ts";
import { chooseLanguage, language, t } from "./i18n/index.ts";
import { storedLanguage } from "./ui/language.ts";

/** Where this browser keeps what the board showed last. */
export const LAST_SEEN = "last-seen";
const forget = (): void => localStorage.removeItem(LAST_SEEN);

/** Shows a page in `#root`. */
export function show(page: Child, title: string): void {
  document.documentElement.lang = language;
  document.title = `${title} · ${t.product}`;
  const root = document.getElementById("root");
  if (root) render(page, root);
}

/** Who is signed in, told to the other tabs of this browser. */
const session = new BroadcastChannel("session");

/** A page must not outlive its session: it starts again for somebody else, and when the back button brings it. */
function belongTo({ id }: Me): void {
  session.addEventListener("message", ({ data }) => {
    if (data !== id) location.reload();
  });
  session.postMessage(id);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}

const showWaiting = (): void =>
  show(
    <main class="solo">
      <p class="live wait" role="status">
        {t.live.lost}
      </p>
    </main>,
    t.product,
  );

/**
 * Who is signed in, with the page turned to their language; goes to the sign-in page when nobody is.
 * Waits for the server as long as it takes, so that a phone that wakes up early comes right by itself.
 * @param lastSeen who was here last, for a page that can show something without the server
 */
export async function signedIn(lastSeen?: () => Promise<Me | null>): Promise<Me | null> {
  const stored = storedLanguage();
  for (;;) {
    try {
      if (stored) await chooseLanguage(stored);
      const me = await api.me();
      if (!stored) await chooseLanguage(me.language);
      belongTo(me);
      return me;
    } catch (error) {
      const status = error instanceof ApiError ? error.problem.status : 0;
      if (status === 401) {
        forget();
        goToLogin();
        return null;
      }
      const me = status === 0 && (await lastSeen?.());
      if (me) {
        await chooseLanguage(stored ?? me.language);
        belongTo(me);
        return me;
      }
      await chooseLanguage(stored ?? "es").then(
        showWaiting,
        // the words come from there, too: it is asked again all the same
        () => undefined,
      );
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

/** Ends the session and goes to the sign-in page. */
export async function signOut(): Promise<void> {
  await api.signOut();
  forget();
  session.postMessage("");
  location.assign("/login");
}
