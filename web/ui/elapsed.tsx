import { timer } from "./format.ts";
import { useNow } from "./now.ts";

/** A timer that runs since an instant. */
export const Elapsed = ({ since }: { since: string }) => {
  const text = timer((useNow() - Date.parse(since)) / 1000);
  // a wider timer is a new element: nothing beside it may count as moved
  return <span key={text.length}>{text}</span>;
};
