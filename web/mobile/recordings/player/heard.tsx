import { Fragment, useLayoutEffect, useState } from "hono/jsx/dom";
import type { Listener, Me, Recording } from "#contract";
import { t } from "../../../i18n/index.ts";
import { player } from "../../../i18n/player.ts";
import { count, dayAt } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { library } from "../api.ts";
import { lastOfEach } from "./listeners.ts";
import { LibraryIcon } from "../icons.tsx";
import { momentOf } from "../words.ts";

/** So many people are named. */
const NAMED = 3;

const Person = ({ one, me }: { one: Listener; me: Me }) => {
  const name = one.name ?? player.heardSomebody;
  const today = dayAt(new Date(one.at), me.timeZone) === dayAt(new Date(), me.timeZone);
  return (
    <>
      <b class="b">{one.kind === "downloaded" ? player.heardDownloaded(name) : name}</b>{" "}
      {today ? `${t.today} ` : ""}
      {momentOf(one.at, me.timeZone)}
    </>
  );
};

/** What was agreed with the customer, who heard this recording, and that whoever hears it now is noted too. */
export const Heard = ({ recording: { callId, consent }, me }: { recording: Recording; me: Me }) => {
  const [all, setAll] = useState<Listener[]>([]);
  useLayoutEffect(() => {
    library.listeners(callId).then(
      (found) => setAll(lastOfEach(found)),
      // that one's own listening is noted is true all the same
      () => undefined,
    );
  }, [callId]);
  const named = all.slice(0, NAMED);
  const more = all.length - named.length;
  const between = (i: number): string => {
    if (i === 0) return "";
    return i === named.length - 1 && more === 0 ? player.and : ", ";
  };
  return (
    <div class="heard sm soft" data-heard={all.length}>
      <LibraryIcon name="shield" small />
      <span data-consent={consent}>{player.consent[consent]}</span>
      <Icon name="eye" small />
      <span key={all.length}>
        {named.length > 0 ? (
          <>
            {player.heardBy}{" "}
            {named.map((one, i) => (
              <Fragment key={one.at}>
                {between(i)}
                <Person one={one} me={me} />
              </Fragment>
            ))}
            {more > 0 ? `${player.and}${player.heardMore(count(more))}` : ""}
            {". "}
          </>
        ) : null}
        {player.yours}
      </span>
    </div>
  );
};
