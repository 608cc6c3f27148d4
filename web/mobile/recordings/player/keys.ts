import { useLayoutEffect } from "hono/jsx/dom";
import { SKIP, STEP, type Playback } from "./playback.ts";

type Deeds = {
  /** Marks the moment. */ mark: () => void;
  /** Goes to a mark by its number, from 1. */ toMark: (n: number) => void;
};

/** What a key does; undefined for one that does nothing. */
function deedOf(key: string, sound: Playback, { mark, toMark }: Deeds): (() => void) | undefined {
  const deeds: Record<string, () => void> = {
    " ": sound.toggle,
    ArrowLeft: () => sound.seek(sound.at - STEP),
    ArrowRight: () => sound.seek(sound.at + STEP),
    j: () => sound.seek(sound.at - SKIP),
    l: () => sound.seek(sound.at + SKIP),
    m: mark,
    "[": () => sound.changeSpeed(-1),
    "]": () => sound.changeSpeed(1),
    Home: () => sound.seek(0),
  };
  if (/^[1-9]$/.test(key)) return () => toMark(Number(key));
  return deeds[key.length === 1 ? key.toLowerCase() : key];
}

/** Whether the key is the element's own: a letter in a field, Space on a button that does something else. */
function isOwn(key: string, element: Element): boolean {
  if (element.matches("input,textarea,select")) return true;
  const pressable = element.closest("button,a,summary");
  // the row of the open recording has nothing left to do
  return key === " " && pressable !== null && !pressable.matches("[data-call][aria-current]");
}

/** The player's keys, wherever the focus is in the player or in the list beside it. */
export function useKeys(sound: Playback, deeds: Deeds): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target, key } = event;
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.defaultPrevented;
      if (!plain || !(target instanceof Element) || !target.closest(".split") || isOwn(key, target)) return;
      const deed = deedOf(key, sound, deeds);
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
}
