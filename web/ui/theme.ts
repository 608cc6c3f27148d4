import { createStore, useStore } from "./store.ts";

export type Theme = "dark" | "light";

const shown = (): Theme =>
  getComputedStyle(document.documentElement).colorScheme === "light" ? "light" : "dark";
const theme = createStore<Theme>(shown());
matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => theme.set(shown()));

/** The theme on show; what is drawn on a canvas must be drawn again when it changes. */
export const useTheme = (): Theme => useStore(theme);

/** Turns dark into light and back, and remembers it on this device. */
export function toggleTheme(): void {
  const next: Theme = shown() === "light" ? "dark" : "light";
  document.documentElement.dataset["theme"] = next;
  localStorage.setItem("theme", next);
  theme.set(next);
}

/** A token of app.css as it is now, e.g. `token("accent")`. */
export const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
