import { useLayoutEffect, useRef, type RefObject } from "hono/jsx/dom";

declare global {
  interface Window {
    /** The tray puts this into its own window. */
    callmanagerHide?: (reason: string) => void;
  }
}

type Deeds = {
  digit: (n: number) => void;
  /** Enter, with what was typed. */
  enter: (text: string) => void;
  copyAi: () => void;
  close: () => void;
  /** The tray brought the window up. */
  summoned: () => void;
};

/** Puts the window out of sight: by the tray when it is the tray's, else by closing it. */
export function hideWindow(): void {
  if (window.callmanagerHide) window.callmanagerHide("");
  else window.close();
}

/** With a finger, taking the focus would put the keyboard over the keys. */
export const hasKeyboard = (): boolean => matchMedia("(pointer: fine)").matches;

/** The keys of the panel. Digits act only while the input is empty, so that numbers can be typed. */
export function usePanelKeys(input: RefObject<HTMLInputElement | null>, deeds: Deeds): void {
  const latest = useRef(deeds);
  latest.current = deeds;
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const now = latest.current;
      const target = event.target instanceof HTMLElement ? event.target : document.body;
      const elsewhere = target !== input.current && target.closest("input,button,a,select") !== null;
      const typingElsewhere = target.tagName === "INPUT" && target !== input.current;
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      const typed = input.current?.value.trim() ?? "";
      if (event.isComposing || !now) return;
      if (event.key === "Escape") now.close();
      else if (event.key === "Enter" && event.ctrlKey) now.copyAi();
      // Enter on a button or in the amount is that element's own
      else if (event.key === "Enter" && !elsewhere) now.enter(typed);
      else if (/^[1-9]$/.test(event.key) && plain && typed === "" && !typingElsewhere)
        now.digit(Number(event.key));
      else return;
      event.preventDefault();
    };
    const onSummon = (): void => latest.current?.summoned();
    addEventListener("keydown", onKey);
    addEventListener("callmanager:summon", onSummon);
    return () => {
      removeEventListener("keydown", onKey);
      removeEventListener("callmanager:summon", onSummon);
    };
  }, []);
}
