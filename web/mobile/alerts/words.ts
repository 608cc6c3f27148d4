import { alerts as texts } from "../../i18n/alerts.ts";
import { briefLength, count, timeOfDay } from "../../ui/format.ts";
import type { Alert } from "./alerts.ts";

/** `5 min 40`: how long somebody has been at something; from an hour on `1 h 05`. */
function lasting(seconds: number): string {
  if (seconds < 60 || seconds >= 3600) return briefLength(seconds);
  return `${briefLength(seconds)} ${String(Math.floor(seconds) % 60).padStart(2, "0")}`;
}

/** What is the matter, in words: «5 min 40 en posllamada · límite 4 min». */
export function alertWords(alert: Alert, now: number, timeZone: string): string {
  switch (alert.kind) {
    case "no_capture": {
      const what = texts.lost[alert.side ?? "both"];
      return alert.since === null ? what : texts.since(what, timeOfDay(alert.since, timeZone));
    }
    case "nobody_available":
      return texts.nobody;
    case "goal_reached":
      return texts.goals[alert.what](count(alert.goal));
    case "callback_due":
      return texts.callbacks(count(alert.n), timeOfDay(alert.since, timeZone));
    default:
      return texts.late(
        lasting((now - Date.parse(alert.since)) / 1000),
        texts.inState[alert.kind],
        count(alert.limit),
      );
  }
}
