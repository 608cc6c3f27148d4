import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AgentRow, Me } from "#contract";
import { api } from "../../../api.ts";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { count } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { activeIn, everything, queryOf, type Active, type Wanted } from "../wanted.ts";
import { activeWords } from "../words.ts";

const MOST = 20;
type Way = Active & { found: number };

/** How many recordings there would be without each of the filters; null while it is asked. */
function useWays(wanted: Wanted, me: Me): Way[] | null {
  const [ways, setWays] = useState<Way[] | null>(null);
  useLayoutEffect(() => {
    let gone = false;
    const ask = async (active: Active): Promise<Way> => {
      const query = queryOf(active.without, me.timeZone, new Date());
      const { items, next } = await api.recordings({ ...query, limit: MOST });
      return { ...active, found: next === null ? items.length : MOST + 1 };
    };
    const active = activeIn(wanted);
    // without the only filter there is everything: no need to ask
    Promise.all(active.length < 2 ? [] : active.map(ask)).then(
      (found) => gone || setWays(found.filter((way) => way.found > 0)),
      () => gone || setWays([]),
    );
    return () => {
      gone = true;
    };
  }, [JSON.stringify(wanted)]);
  return ways;
}

type Props = { wanted: Wanted; me: Me; agents: AgentRow[]; loosen: (wanted: Wanted) => void };

/** An empty list that helps: which filter, taken away, brings recordings. */
export const Loosen = ({ wanted, me, agents, loosen }: Props) => {
  const ways = useWays(wanted, me);
  const several = activeIn(wanted).length > 1;
  return (
    <div class="nothing" data-loosen aria-busy={ways === null ? "true" : undefined}>
      <p>{texts.none}</p>
      {ways && several ? (
        <p key={ways.length} class="sm soft">
          {ways.length > 0 ? texts.loosen : texts.loosenNone}
        </p>
      ) : null}
      <div class="h ways">
        {(ways ?? []).map(({ name, without, found }) => (
          <button key={name} type="button" class="btn" data-without={name} onClick={() => loosen(without)}>
            <Icon name="close" small />
            {texts.loosenOne(
              activeWords(name, wanted, agents),
              found > MOST ? `${count(MOST)}+` : count(found),
            )}
          </button>
        ))}
        <button type="button" class="btn" onClick={() => loosen(everything)}>
          {texts.clear}
        </button>
      </div>
    </div>
  );
};
