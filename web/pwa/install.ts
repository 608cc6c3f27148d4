import type { Me } from "#contract";
import { language } from "../i18n/index.ts";
import { keepLastSeen } from "./last-seen.ts";

export { showLastSeen } from "./last-seen.ts";

const LOOK_MS = 3_600_000;
const IDLE_MS = 600_000;

/** Offers the board to the home screen, and keeps what opens it without the server. For secure contexts only. */
export async function install(me: Me): Promise<void> {
  keepLastSeen(me);
  const link = document.createElement("link");
  link.rel = "manifest";
  link.href = `/app.${language}.webmanifest`;
  document.head.append(link);
  const registration = await navigator.serviceWorker.register("/sw.js");
  // a board that hangs on a wall for weeks never asks by itself
  setInterval(() => void registration.update().catch(() => undefined), LOOK_MS);
  registration.addEventListener("updatefound", () => {
    const { active, installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (active && installing.state === "installed") startAgainUnseen();
    });
  });
}

/** Takes the new version when nobody looks or works here; whoever opens the page gets it anyway. */
function startAgainUnseen(): void {
  let touchedAt = Date.now();
  const touched = (): void => void (touchedAt = Date.now());
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, touched);
  const tryNow = (): void => {
    if ((document.hidden || Date.now() - touchedAt > IDLE_MS) && !hasBegun()) location.reload();
  };
  document.addEventListener("visibilitychange", tryNow);
  setInterval(tryNow, IDLE_MS);
}

/** Something would be lost: an open sheet, a field that was filled in, a recording that plays. */
function hasBegun(): boolean {
  const changed = [...document.querySelectorAll<HTMLInputElement>("input,textarea")].some(
    (field) => field.value !== field.defaultValue,
  );
  const playing = [...document.querySelectorAll("audio")].some((sound) => !sound.paused);
  return changed || playing || document.querySelector("dialog[open]") !== null;
}
