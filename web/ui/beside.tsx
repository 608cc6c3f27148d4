import { render, useLayoutEffect, type Child } from "hono/jsx/dom";
import { createStore, useStore } from "./store.ts";

/**
 * A place for sheets beside the page, because what moves among siblings would end a modal dialog.
 * @param sheet what is shown of what was asked for
 * @returns shows it over whatever is on the screen, until it is shut or leads to another screen
 */
export function besideThePage<T>(sheet: (asked: T, shut: () => void) => Child): (asked: T) => void {
  const opened = createStore<T | null>(null);
  const shut = (): void => opened.set(null);
  const Place = () => {
    const now = useStore(opened);
    useLayoutEffect(() => {
      addEventListener("hashchange", shut);
      return () => removeEventListener("hashchange", shut);
    }, []);
    return <>{now === null ? null : sheet(now, shut)}</>;
  };
  const root = document.createElement("div");
  document.body.append(root);
  render(<Place />, root);
  return opened.set;
}
