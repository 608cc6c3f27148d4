/** The reason with which an older ask of the same agent ends. */
export class Superseded extends Error {}

export type Turn = {
  /** Aborts with `Superseded` when the agent asks again. */
  signal: AbortSignal;
  /** Gives the place back; more than once does no harm. */
  leave(): void;
};

/** Who may ask the model now: `slots` agents at once, each with one ask, of which the newest wins. */
export function createAdmission(slots: number) {
  const running = new Map<string, AbortController>();
  return {
    /** A place for this agent, or null when all are taken by others. */
    enter(agentId: string): Turn | null {
      const older = running.get(agentId);
      if (older === undefined && running.size >= slots) return null;
      const own = new AbortController();
      running.set(agentId, own);
      older?.abort(new Superseded("a newer ask of the same agent"));
      const leave = () => {
        if (running.get(agentId) === own) running.delete(agentId);
      };
      return { signal: own.signal, leave };
    },
    /** Agents whose ask runs now. */
    get running() {
      return running.size;
    },
  };
}
