import type { Child } from "hono/jsx/dom";
import { useLayoutEffect, useRef } from "hono/jsx/dom";
import { t } from "../i18n/index.ts";
import { Icon } from "./icon.tsx";
import "./sheet.css";

type Props = {
  label: string;
  onClose: () => void;
  side?: boolean;
  /** As high as it gets from the start: content that comes later moves nothing. */
  tall?: boolean;
  children: Child;
};

/** A modal sheet: from below on a phone, a drawer on the right on a desk. Esc and a tap outside close it. */
export const Sheet = ({ label, onClose, side, tall, children }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    // the element enters the page after this effect of its first rendering
    // and what is answered after it was closed renders it once more: then it stays closed
    queueMicrotask(() => gone.current || dialog.current?.showModal());
    return () => {
      gone.current = true;
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`${side ? "side" : ""} ${tall ? "tall" : ""}`}
      aria-label={label}
      onClose={onClose}
      onClick={(event: MouseEvent) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="grab" />
      <div class="sheet">{children}</div>
    </dialog>
  );
};

/** Closes the sheet that it stands in. */
export const CloseButton = () => (
  <button
    type="button"
    class="btn icon shut"
    aria-label={t.close}
    onClick={(event: MouseEvent) => (event.currentTarget as HTMLElement).closest("dialog")?.close()}
  >
    <Icon name="close" />
  </button>
);
