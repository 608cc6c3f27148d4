import { useState } from "hono/jsx/dom";
import type { Call, Explanation, FigurePlace, Me, MetricId } from "#contract";
import { figures } from "../../i18n/figures.ts";
import { Outcome } from "../../ui/disposition.tsx";
import { clockLength, contactName, shortDay, timeOfDay } from "../../ui/format.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { capital } from "./written.ts";
import { useBehind, type Part } from "./asking.ts";

const Row = ({ call, me }: { call: Call; me: Me }) => {
  const when = `${shortDay(new Date(call.startedAt), me.timeZone)} ${timeOfDay(call.startedAt, me.timeZone)}`;
  const inside = (
    <>
      <span class="grow">
        <span class="b cut">{contactName(call.contact)}</span>
        <span class="sm soft cut">
          {[when, call.agentName, call.recorded ? null : figures.unrecorded].filter(Boolean).join(" · ")}
        </span>
      </span>
      <span class="nw end">
        <span class="sm soft">{clockLength(call.talkSeconds ?? 0)}</span>
        <Outcome of={call} />
      </span>
    </>
  );
  return call.recorded ? (
    <a href={`#grabaciones/${call.id}`} data-behind={call.id}>
      {inside}
    </a>
  ) : (
    <div data-behind={call.id}>{inside}</div>
  );
};

/** The calls of the numerator or of the denominator, a page at a time; each leads to its recording. */
export const Behind = ({
  of,
  metric,
  place,
  me,
}: {
  of: Explanation;
  metric: MetricId;
  place: FigurePlace;
  me: Me;
}) => {
  const [part, setPart] = useState<Part>("numerator");
  const { items, next, problem, more } = useBehind(metric, place, part);
  const parts: [Part, string][] = [
    ["numerator", of.metric.numerator],
    ["denominator", of.metric.denominator ?? ""],
  ];
  return (
    <section class="behind" aria-busy={String(items === null)}>
      <h2>{figures.behind}</h2>
      {of.denominator === null ? null : (
        <div class="chips" role="group" aria-label={figures.parts}>
          {parts.map(([id, name]) => (
            <button
              key={id}
              type="button"
              class="chip"
              data-part={id}
              aria-pressed={String(id === part)}
              onClick={() => setPart(id)}
            >
              {capital(name)}
            </button>
          ))}
        </div>
      )}
      {problem ? <Trouble problem={problem} /> : null}
      {items?.length === 0 ? (
        <p key="none" class="hint">
          {figures.none}
        </p>
      ) : null}
      <div class="rows bleed">
        {(items ?? []).map((call) => (
          <Row key={call.id} call={call} me={me} />
        ))}
      </div>
      {next === null ? null : (
        <button key={`more ${items?.length}`} type="button" class="btn" data-more onClick={more}>
          {figures.more}
        </button>
      )}
    </section>
  );
};
