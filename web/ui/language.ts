import type { Language } from "#contract";

/** What this device chose; null when nobody has chosen yet. */
export function storedLanguage(): Language | null {
  const stored = localStorage.getItem("language");
  return stored === "es" || stored === "en" ? stored : null;
}

/** Remembers the language on this device and starts the page again in it. */
export function switchLanguage(wanted: Language): void {
  localStorage.setItem("language", wanted);
  location.reload();
}
