import type { AgentRow, AgentState } from "#contract";
import { t } from "../i18n/index.ts";
import { Icon, type IconName } from "./icon.tsx";

const looks: Record<AgentState, { icon: IconName; tone: string }> = {
  on_call: { icon: "phone", tone: "acc" },
  available: { icon: "ready", tone: "ok" },
  wrap_up: { icon: "pencil", tone: "soft" },
  paused: { icon: "pause", tone: "soft" },
  offline: { icon: "none", tone: "faint" },
};

/** An agent's state in words, with its icon. */
export const StateTag = ({
  state,
  reason,
  strong,
}: Pick<AgentRow, "state" | "reason"> & { strong?: boolean }) => (
  <span key={state} class={`tag ${looks[state].tone}${strong ? " b" : ""}`}>
    <Icon name={looks[state].icon} small />
    <span class="cut">
      {state === "paused" && reason
        ? t.state.paused_for(reason)
        : state === "offline"
          ? t.state.offlineNow
          : t.state[state]}
    </span>
  </span>
);
