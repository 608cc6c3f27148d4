import { useLayoutEffect, useRef, type RefObject } from "hono/jsx/dom";

type Deeds = {
  /** A digit, or a letter, pressed while nothing is being typed. @returns whether it stands for something */
  key: (key: string) => boolean;
  /** Enter, with what was typed. */
  enter: (text: string) => void;
  copyAi: () => void;
  close: () => void;
  /** The tray brought the window up. */
  summoned: () => void;
  /** The customer's words stand in place of the input, which is out of sight and not being edited. */
  quoting: boolean;
  /** Somebody begins to type while they do: the focus goes into the input before the letter arrives. */
  edit: () => void;
};

/** With a finger, taking the focus would put the keyboard over the keys. */
export const hasKeyboard = (): boolean => matchMedia("(pointer: fine)").matches;

/** A key that writes something, an accent that waits for its letter included. */
const isLetter = (key: string): boolean => key.length === 1 || key === "Dead";

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
      const typed = now?.quoting ? "" : (input.current?.value.trim() ?? "");
      if (event.isComposing || !now) return;
      if (event.key === "Escape") now.close();
      else if (event.key === "Enter" && event.ctrlKey) now.copyAi();
      // Enter on a button or in the amount is that element's own
      else if (event.key === "Enter" && !elsewhere) now.enter(typed);
      else if (isLetter(event.key) && plain && typed === "" && !typingElsewhere && now.key(event.key)) {
        // done: the key is not typed as well
      } else if (now.quoting && plain && isLetter(event.key) && !elsewhere) return now.edit();
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
