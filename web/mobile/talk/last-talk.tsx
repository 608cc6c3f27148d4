import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Call, Me, Talk, Transcript } from "#contract";
import { json } from "../../api.ts";
import { t } from "../../i18n/index.ts";
import { contactName, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { TalkFigures } from "./talk.tsx";

/** Who spoke how much in the agent's last call, in the supervisor's own words and figures; nothing where nothing was heard. */
export const LastTalk = ({ call, me }: { call: Call; me: Me }) => {
  const [talk, setTalk] = useState<Talk | null>(null);
  useLayoutEffect(() => {
    // there is nothing to do about a failure: the recording tells the same
    json<Transcript>("GET", `/api/transcripts/${call.id}`).then(
      (found) => setTalk(found.talk),
      () => undefined,
    );
  }, [call.id]);
  if (talk === null) return null;
  return (
    <div class="stacked" data-last-talk={call.id}>
      <a class="sm soft link h" href={`#grabaciones/${call.id}`}>
        {t.day.with(contactName(call.contact), timeOfDay(call.startedAt, me.timeZone))}
        <Icon name="next" small />
      </a>
      <TalkFigures talk={talk} />
    </div>
  );
};
