import type { Capture } from "#contract";

/** Who muted the own microphone is not recorded on purpose. */
const isLost = (state: Capture["agent"]): boolean => state !== "ok" && state !== "muted";

/** Whose voice is lost: `both`, one, or null. */
export function lostVoice(capture: Capture | null): "agent" | "customer" | "both" | null {
  if (capture === null) return null;
  const [agent, customer] = [isLost(capture.agent), isLost(capture.customer)];
  if (agent && customer) return "both";
  return agent ? "agent" : customer ? "customer" : null;
}
