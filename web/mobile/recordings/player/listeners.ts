import type { Listener } from "#contract";

/** Each person once, with the last time; who took it along is told of as that. */
export function lastOfEach(listeners: Listener[]): Listener[] {
  const newest = listeners.toSorted((a, b) => b.at.localeCompare(a.at));
  return newest.filter((one, i) => newest.findIndex(({ name }) => name === one.name) === i);
}
