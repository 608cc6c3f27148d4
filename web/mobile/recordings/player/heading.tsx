import { useState } from "hono/jsx/dom";
import type { Me, Recording } from "#contract";
import { audioUrl } from "../../../api.ts";
import { player } from "../../../i18n/player.ts";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { Outcome } from "../../../ui/disposition.tsx";
import { clockLength, contactName, count } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { MoreIcon } from "../../../ui/more-icons.tsx";
import { Keys } from "./controls.tsx";
import { CloseButton } from "../../../ui/sheet.tsx";
import { HoldButton, HoldForm, useHolding } from "./hold.tsx";
import { LibraryIcon } from "../icons.tsx";
import { momentOf, size } from "../words.ts";

const FORMATS = { wav: "WAV", flac: "FLAC", opus: "Opus" };

type Props = {
  recording: Recording;
  me: Me;
  /** Puts it into the trash; null for all but admins. */
  trash: (() => void) | null;
};

/** Whose call it is, when it was, how it went, and a copy of it. */
export const Heading = ({ recording, me, trash }: Props) => {
  const [keys, setKeys] = useState(false);
  const holding = useHolding(recording);
  const { callId, contact, agentName, startedAt, durationSeconds, bytes, aiAsks, format, consent } =
    recording;
  const take = texts.download(FORMATS[format], size(bytes));
  return (
    <>
      <div class="h head">
        <div class="grow">
          <h1 class="cut">{contactName(contact)}</h1>
          <div class="sm soft">
            {agentName} · {momentOf(startedAt, me.timeZone)} · {clockLength(durationSeconds)}
          </div>
        </div>
        <button
          type="button"
          class="btn icon plain with-keys"
          aria-label={player.keys}
          title={player.keys}
          aria-expanded={String(keys)}
          data-keys
          onClick={() => setKeys(!keys)}
        >
          <LibraryIcon name="keys" />
        </button>
        {me.role === "agent" ? null : <HoldButton holding={holding} />}
        {trash ? (
          <button
            type="button"
            class="btn icon plain"
            aria-label={player.trash}
            title={player.trash}
            data-trash
            onClick={trash}
          >
            <MoreIcon name="remove" />
          </button>
        ) : null}
        <a class="btn icon" href={audioUrl(callId, true)} download aria-label={take} title={take}>
          <Icon name="download" />
        </a>
        <CloseButton />
      </div>
      <div class="h tags">
        <Outcome of={recording} />
        {aiAsks > 0 ? (
          <span class="tag pill ai">
            <Icon name="ai" small />
            {texts.aiAsks(count(aiAsks))}
          </span>
        ) : null}
        {format === "wav" ? null : (
          <span class="tag pill soft" data-format={format}>
            {FORMATS[format]}
          </span>
        )}
        {holding.held ? (
          <span class="tag pill soft" data-held>
            {player.held}
          </span>
        ) : null}
        {consent === "refused" ? (
          <span class="tag pill bad">
            <LibraryIcon name="shield" small />
            {player.consent.refused}
          </span>
        ) : null}
      </div>
      <HoldForm holding={holding} />
      {keys ? <Keys key="keys" /> : null}
    </>
  );
};
