import { useLayoutEffect, useState } from "hono/jsx/dom";

/** A value that components can follow. Values are compared by identity. */
export type Store<T> = {
  get(): T;
  set(next: T): void;
  /** @returns how to stop */
  subscribe(listener: () => void): () => void;
};

/** Makes a store outside of any component, so that it outlives what shows it. */
export function createStore<T>(initial: T): Store<T> {
  const listeners = new Set<() => void>();
  let value = initial;
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The store's value; the component renders again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(store.get());
  // a layout effect: ordinary effects wait for a frame, which a hidden window never gets
  useLayoutEffect(() => {
    const follow = (): void => setValue(store.get());
    follow();
    return store.subscribe(follow);
  }, [store]);
  return value;
}
