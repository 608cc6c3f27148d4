import type { Me } from "#contract";
import type { Board } from "../board.ts";
import { t } from "../i18n/index.ts";
import { count } from "../ui/format.ts";

/** What the board is about, in words. */
export const scopeName = (me: Me): string => (me.role === "supervisor" ? me.team : t.wholeCompany);

/** How many of the agents are there. */
export function connectedLine({ agents }: Board): string {
  const here = agents.filter(({ state }) => state !== "offline").length;
  return agents.length === 0 ? t.live.nobody : t.live.connected(count(here), count(agents.length));
}
