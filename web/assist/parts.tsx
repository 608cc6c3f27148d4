import type { AgentRow, Call, CopilotStatus } from "#contract";
import { assist } from "../i18n/assist.ts";
import { t } from "../i18n/index.ts";
import { Elapsed } from "../ui/elapsed.tsx";
import { contactName } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { StateTag } from "../ui/state.tsx";
import { PauseButton } from "./recording.tsx";
import { EarsSign } from "./said.tsx";

/** The line of the call: its timer and contact, or that there is none. */
export const CallLine = ({
  call,
  row,
  close,
}: {
  call: Call | null;
  row: AgentRow | undefined;
  close: () => void;
}) => (
  <div class="as-top">
    {call ? (
      <span key="call" class="h grow">
        <span class="acc h tiny">
          <Icon name="phone" small />
          <b class="b">
            <Elapsed since={call.startedAt} />
          </b>
        </span>
        <span class="cut">{contactName(call.contact)}</span>
      </span>
    ) : (
      <span key={row?.state ?? "none"} class="h grow">
        {row ? <StateTag state={row.state} reason={row.reason} /> : null}
        <span>· {assist.noCall}</span>
      </span>
    )}
    <EarsSign />
    <PauseButton />
    <button type="button" class="h esc" aria-label={t.close} onClick={close}>
      <kbd class="for-keys">{assist.esc}</kbd>
      <Icon name="close" />
    </button>
  </div>
);

type Objection = CopilotStatus["objections"][number];
type KeysProps = {
  objections: Objection[];
  /** The text of the objection that stands out. */
  asked: string | undefined;
  big?: boolean;
  ask: (objection: Objection) => void;
};

/** The objections on the keys 1 to 9. */
export const Keys = ({ objections, asked, big, ask }: KeysProps) => (
  <div class={`keys${big ? " big" : ""}`} role="group" aria-label={assist.keys}>
    {objections.map((objection) => (
      <button
        type="button"
        data-key={objection.key}
        aria-pressed={String(objection.text === asked)}
        onClick={() => ask(objection)}
      >
        <kbd>{objection.key}</kbd>
        <span class="cut">{objection.label}</span>
      </button>
    ))}
  </div>
);
