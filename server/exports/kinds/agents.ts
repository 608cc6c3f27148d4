import { addDays, dayOf } from "../../db/time.ts";
import { handlingSeconds, type Figures } from "../../stats/figures.ts";
import { createStats } from "../../stats/stats.ts";
import { createTime } from "../../time/time.ts";
import { durationCell, ratioOf, type Cell, type Column } from "../cells.ts";
import { exportQueries } from "../queries.ts";
import type { Order, Source, SourceDeps } from "../source.ts";

const columns: Column[] = [
  { key: "agent", header: { es: "Agente", en: "Agent" }, width: 24, kind: "text" },
  { key: "calls", header: { es: "Llamadas", en: "Calls" }, width: 10, kind: "count", sum: true },
  { key: "answered", header: { es: "Atendidas", en: "Answered" }, width: 11, kind: "count", sum: true },
  { key: "contacts", header: { es: "Contactos", en: "Contacts" }, width: 11, kind: "count", sum: true },
  { key: "sales", header: { es: "Ventas", en: "Sales" }, width: 10, kind: "count", sum: true },
  {
    key: "rate",
    header: { es: "Ventas / contactos", en: "Sales / contacts" },
    width: 18,
    kind: "share",
    ratio: { of: "sales", by: "contacts" },
  },
  { key: "amount", header: { es: "Importe", en: "Amount" }, width: 14, kind: "money", sum: true },
  { key: "talk", header: { es: "Conversación", en: "Talk time" }, width: 14, kind: "duration", sum: true },
  { key: "hold", header: { es: "En espera", en: "Hold time" }, width: 12, kind: "duration", sum: true },
  {
    key: "wrapUp",
    header: { es: "Trabajo posterior", en: "Wrap-up" },
    width: 17,
    kind: "duration",
    sum: true,
  },
  { key: "handle", header: { es: "Gestión", en: "Handling" }, width: 12, kind: "duration", sum: true },
  {
    key: "averageHandle",
    header: { es: "Gestión media (AHT)", en: "Average handle time" },
    width: 20,
    kind: "duration",
    ratio: { of: "handle", by: "answered" },
  },
  { key: "ready", header: { es: "Disponible", en: "Ready" }, width: 12, kind: "duration", sum: true },
  { key: "paused", header: { es: "En pausa", en: "Paused" }, width: 12, kind: "duration", sum: true },
  {
    key: "working",
    header: { es: "Gestión y disponible", en: "Handling and ready" },
    width: 20,
    kind: "duration",
    sum: true,
  },
  {
    key: "occupancy",
    header: { es: "Ocupación", en: "Occupancy" },
    width: 12,
    kind: "share",
    ratio: { of: "handle", by: "working" },
  },
  {
    key: "salesPerHour",
    header: { es: "Ventas por hora (SPH)", en: "Sales per hour (SPH)" },
    width: 21,
    kind: "perHour",
    ratio: { of: "sales", by: "working", perHour: true },
  },
  {
    key: "aiCalls",
    header: { es: "Atendidas con IA", en: "Answered with AI" },
    width: 17,
    kind: "count",
    sum: true,
  },
  {
    key: "aiShare",
    header: { es: "Parte con IA", en: "Share with AI" },
    width: 13,
    kind: "share",
    ratio: { of: "aiCalls", by: "answered" },
  },
  { key: "aiAsks", header: { es: "Ayudas IA", en: "AI answers" }, width: 12, kind: "count", sum: true },
];

/** Each agent's figures of the span, as the boards count them: by the days of each one's site. */
export async function agentsSource(order: Order, deps: SourceDeps): Promise<Source> {
  const { store, clock } = deps;
  const { filters, scope, timeZone } = order;
  const stats = createStats({ store, clock }, createTime(deps));
  const people = await exportQueries(store).people(scope, filters.agent);
  const today = dayOf(clock(), timeZone);
  const days = {
    from: filters.from ?? addDays(today, -3650),
    to: filters.to ?? today,
    until: null,
    ...(filters.campaign !== undefined && { campaign: filters.campaign }),
  };
  async function* pages(of: typeof people): AsyncGenerator<Cell[][]> {
    for (const { id, name, takesCalls } of of) {
      const { figures } = await stats.span({ by: "agent", id }, timeZone, days);
      if (takesCalls || figures.calls + figures.readySeconds + figures.pausedSeconds > 0)
        yield [cellsOf(name, figures)];
    }
  }
  const teams = Map.groupBy(people, ({ team }) => team);
  return {
    columns,
    total: null,
    sheets: [...teams].map(([title, of]) => ({ title, pages: () => pages(of) })),
  };
}

function cellsOf(name: string, f: Readonly<Figures>): Cell[] {
  const handling = handlingSeconds(f);
  const working = handling + f.readySeconds;
  const [handle, work] = [handling / 86_400, working / 86_400];
  return [
    name,
    f.calls,
    f.answered,
    f.contacts,
    f.sales,
    ratioOf(f.sales, f.contacts),
    f.saleCents / 100,
    durationCell(f.talkSeconds),
    durationCell(f.holdSeconds),
    durationCell(f.wrapUpSeconds),
    handle,
    ratioOf(handle, f.answered),
    durationCell(f.readySeconds),
    durationCell(f.pausedSeconds),
    work,
    ratioOf(handle, work),
    ratioOf(f.sales, work, true),
    f.aiCalls,
    ratioOf(f.aiCalls, f.answered),
    f.aiAsks,
  ];
}
