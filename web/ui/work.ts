import { useState } from "hono/jsx/dom";
import type { Problem } from "#contract";
import { problemOf } from "../api.ts";

/** One deed at a time: whether it runs, and what the server said against it. */
export function useWork() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** Resolves to whether it was done. */
  const work = async (deed: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    try {
      await deed();
      setProblem(null);
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, work };
}
