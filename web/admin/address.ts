import { createStore, useStore } from "../ui/store.ts";

/** `#argumentarios/fibra-es` as its parts: the screen, and what is open on it. */
const read = (): { screen: string; open: string } => {
  const [screen = "", open = ""] = location.hash.split("/");
  return { screen, open };
};
const address = createStore(read());
addEventListener("hashchange", () => {
  address.set(read());
  scrollTo(0, 0);
});

/** For one component only: one that leaves the page with a change of address must not follow it, too. */
export const useAddress = (): { screen: string; open: string } => useStore(address);
