import { createStore } from "../ui/store.ts";
import { hear, type Heard } from "./hearing.ts";

declare global {
  interface Window {
    /** The tray puts these into its own window. */
    callmanagerHide?: (reason: string) => void;
    callmanagerRecording?: (what: "pause" | "resume") => void;
    /** The page's own: the tray calls it with what is said. */
    callmanagerHeard?: (words: Heard) => void;
  }
}

type Told = {
  /** What becomes of the call's sound; null without a call, or without a tray. */
  recording: "starting" | "running" | "paused" | "failed" | "forbidden" | null;
  /** What becomes of its words; null from a tray that does not tell. */
  ears: "off" | "starting" | "listening" | "unavailable" | null;
  /** Since when the recording has been paused, in milliseconds since 1970. */
  pausedAt: number | null;
  /** It runs again after a pause. */
  resumed: boolean;
};

/** What the tray has told of the call in progress. */
export const tray = createStore<Told>({ recording: null, ears: null, pausedAt: null, resumed: false });

function told({ detail }: CustomEvent<Partial<Told> | null>): void {
  const { recording = null, ears = null } = detail ?? {};
  const before = tray.get();
  const pausedAt = recording === "paused" ? (before.pausedAt ?? Date.now()) : null;
  const resumed = recording === "running" && (before.resumed || before.recording === "paused");
  tray.set({ recording, ears, pausedAt, resumed });
}

/** Begins to listen to the tray; it tells the last of everything again when the page has loaded. */
export function followTray(): void {
  window.callmanagerHeard = hear;
  addEventListener("callmanager:recording", (event) => told(event as CustomEvent<Partial<Told>>));
}

/** Whether this window is the tray's, so that it can pause the recording. */
export const canPause = (): boolean => window.callmanagerRecording !== undefined;

/** Puts the window out of sight: by the tray when it is the tray's, else by closing it. */
export function hideWindow(): void {
  if (window.callmanagerHide) window.callmanagerHide("");
  else window.close();
}
