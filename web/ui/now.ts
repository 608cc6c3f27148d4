import { createStore, useStore } from "./store.ts";

const now = createStore(Date.now());
setInterval(() => now.set(Date.now()), 1000);

/** Milliseconds since 1970; the component renders again every second. */
export const useNow = (): number => useStore(now);
