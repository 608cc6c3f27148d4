import type { Child } from "hono/jsx/dom";
import { render } from "hono/jsx/dom";
import type { Me } from "#contract";
import { api, goToLogin, problemOf } from "./api.ts";
import { chooseLanguage, language, t } from "./i18n/index.ts";
import { storedLanguage } from "./ui/language.ts";

/** Shows a page in `#root`. */
export function show(page: Child, title: string): void {
  document.documentElement.lang = language;
  document.title = `${title} · ${t.product}`;
  const root = document.getElementById("root");
  if (root) render(page, root);
}

/**
 * Who is signed in, with the page turned to their language; goes to the sign-in page when nobody is.
 * Waits for the server as long as it takes, so that a phone that wakes up early comes right by itself.
 */
export async function signedIn(): Promise<Me | null> {
  const stored = storedLanguage();
  if (stored) await chooseLanguage(stored);
  for (;;) {
    try {
      const me = await api.me();
      if (!stored) await chooseLanguage(me.language);
      return me;
    } catch (error) {
      if (problemOf(error).status === 401) {
        goToLogin();
        return null;
      }
      show(
        <main class="solo">
          <p class="live wait" role="status">
            {t.live.lost}
          </p>
        </main>,
        t.product,
      );
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

/** Ends the session and goes to the sign-in page. */
export async function signOut(): Promise<void> {
  await api.signOut();
  location.assign("/login");
}
