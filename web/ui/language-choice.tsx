import type { Language } from "#contract";
import { language, t } from "../i18n/index.ts";
import { switchLanguage } from "./language.ts";

const LANGUAGES: Language[] = ["es", "en"];

/** Both languages, each in its own words. */
export const LanguageChoice = () => (
  <div class="h languages" role="group" aria-label={t.language}>
    {LANGUAGES.map((one) => (
      <button
        type="button"
        lang={one}
        class={one === language ? "b" : "soft"}
        aria-pressed={String(one === language)}
        onClick={() => switchLanguage(one)}
      >
        {t.languages[one]}
      </button>
    ))}
  </div>
);
