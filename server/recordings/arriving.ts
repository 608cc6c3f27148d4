import type { Recordings } from "./recordings.ts";

export type Arriving = ReturnType<typeof arriving>;

/** Recordings that also say when what is arriving of a call has arrived, for whoever must not miss it. */
export function arriving(recordings: Recordings) {
  const underWay = new Map<string, Set<Promise<unknown>>>();

  async function noted<T>(callId: string, work: Promise<T>): Promise<T> {
    const all = underWay.get(callId) ?? new Set();
    underWay.set(callId, all.add(work));
    try {
      return await work;
    } finally {
      all.delete(work);
      if (all.size === 0) underWay.delete(callId);
    }
  }

  return {
    ...recordings,
    putPart: (...part: Parameters<Recordings["putPart"]>) => noted(part[1], recordings.putPart(...part)),
    complete: (...whole: Parameters<Recordings["complete"]>) =>
      noted(whole[1], recordings.complete(...whole)),

    /** Resolves once all that is arriving of these calls is there, or was refused. */
    async arrived(callIds: string[]): Promise<void> {
      await Promise.allSettled(callIds.flatMap((callId) => [...(underWay.get(callId) ?? [])]));
    },
  };
}
