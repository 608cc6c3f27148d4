import type { AgentRow } from "#contract";
import { alerts as alertTexts } from "../../i18n/alerts.ts";
import { day as texts } from "../../i18n/day.ts";
import { Icon } from "../../ui/icon.tsx";
import { lostVoice } from "../alerts/lost-voice.ts";
import "../../ui/voices.css";

/** Whether both voices of the call are recorded; nothing while there is no call. */
export const OwnVoices = ({ row: { state, capture } }: { row: AgentRow }) => {
  if (state !== "on_call" || capture === null) return null;
  const lost = lostVoice(capture);
  if (lost)
    return (
      <span key={lost} class="tag warn">
        <Icon name="warning" small />
        {alertTexts.lost[lost]}
      </span>
    );
  return (
    <span key="both" class="tag soft">
      <span class="cap" aria-hidden="true">
        <i></i>
        <i></i>
      </span>
      {texts.both}
    </span>
  );
};
