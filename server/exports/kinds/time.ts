import type { Correction } from "#contract";
import { addDays, dayOf, startOfDay } from "../../db/time.ts";
import type { StretchOf } from "../../time/stretches.ts";
import { createTime } from "../../time/time.ts";
import { DAY_MS, dateCell, dayCell, type Cell, type Column } from "../cells.ts";
import { exportQueries } from "../queries.ts";
import type { Order, Source, SourceDeps } from "../source.ts";
import { words, wordsIn } from "../words.ts";

const columns: Column[] = [
  { key: "day", header: { es: "Día", en: "Day" }, width: 12, kind: "day" },
  { key: "agent", header: { es: "Agente", en: "Agent" }, width: 24, kind: "text" },
  { key: "state", header: { es: "Estado", en: "State" }, width: 18, kind: "text" },
  { key: "reason", header: { es: "Motivo", en: "Reason" }, width: 20, kind: "text" },
  { key: "from", header: { es: "Desde", en: "From" }, width: 20, kind: "instant" },
  { key: "to", header: { es: "Hasta", en: "To" }, width: 20, kind: "instant" },
  { key: "duration", header: { es: "Duración", en: "Duration" }, width: 12, kind: "duration", sum: true },
  { key: "corrected", header: { es: "Corregido", en: "Corrected" }, width: 12, kind: "text" },
  { key: "by", header: { es: "Corregido por", en: "Corrected by" }, width: 24, kind: "text" },
  { key: "why", header: { es: "Por qué", en: "Why" }, width: 40, kind: "text" },
];
/** Days of one agent that are read at once. */
const READ_DAYS = 31;

/** Where the time of each agent went, day by day, with what supervisors corrected; time offline is left out. */
export function timeSource(order: Order, deps: SourceDeps): Promise<Source> {
  const { filters, scope, timeZone, language } = order;
  const time = createTime(deps);
  const { word } = wordsIn(language, () => null);
  const today = dayOf(deps.clock(), timeZone);
  const last = filters.to === undefined || filters.to > today ? today : filters.to;
  const first = filters.from ?? last;

  async function* days(agentId: string, agent: string): AsyncGenerator<Cell[][]> {
    for (let from = first; from <= last; from = addDays(from, READ_DAYS)) {
      const until = addDays(from, READ_DAYS) <= last ? addDays(from, READ_DAYS) : addDays(last, 1);
      const span = await time.span(agentId, startOfDay(from, timeZone), startOfDay(until, timeZone));
      const corrections = new Map<string, Correction>();
      for (const one of span.corrections) corrections.set(one.subjectId, one);
      yield span.stretches
        .filter(({ state }) => state !== "offline")
        .flatMap((stretch) => [...ofDays(stretch, timeZone)])
        .map((stretch) => {
          const correction = corrections.get(stretch.stateId ?? stretch.callId ?? "");
          return [
            dayCell(stretch.day),
            agent,
            word(stretch.state),
            stretch.reason,
            dateCell(new Date(stretch.from), timeZone),
            dateCell(new Date(stretch.to), timeZone),
            (stretch.to - stretch.from) / DAY_MS,
            correction ? words[language].yes : null,
            correction?.by ?? null,
            correction?.why ?? null,
          ];
        });
    }
  }
  return exportQueries(deps.store)
    .people(scope, filters.agent)
    .then((people) => ({
      columns,
      total: null,
      sheets: [...Map.groupBy(people, ({ team }) => team)].map(([title, of]) => ({
        title,
        async *pages() {
          for (const { id, name } of of) yield* days(id, name);
        },
      })),
    }));
}

/** A stretch as one for each local day that it touches. */
function* ofDays(stretch: StretchOf, timeZone: string): Generator<StretchOf & { day: string }> {
  for (let { from } = stretch; from < stretch.to;) {
    const day = dayOf(new Date(from), timeZone);
    const to = Math.min(stretch.to, startOfDay(addDays(day, 1), timeZone).getTime());
    yield { ...stretch, from, to, day };
    from = to;
  }
}
