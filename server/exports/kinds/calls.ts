import { outcomeNames } from "../../dispositions/dispositions.ts";
import { dateCell, durationCell, type Column } from "../cells.ts";
import { exportQueries } from "../queries.ts";
import { byTeam, spanOf, type Order, type Source, type SourceDeps } from "../source.ts";
import { wordsIn } from "../words.ts";

const columns: Column[] = [
  { key: "start", header: { es: "Inicio", en: "Start" }, width: 20, kind: "instant" },
  { key: "end", header: { es: "Fin", en: "End" }, width: 20, kind: "instant" },
  { key: "agent", header: { es: "Agente", en: "Agent" }, width: 24, kind: "text" },
  { key: "contact", header: { es: "Contacto", en: "Contact" }, width: 24, kind: "text" },
  { key: "phone", header: { es: "Teléfono", en: "Phone" }, width: 18, kind: "text" },
  { key: "direction", header: { es: "Sentido", en: "Direction" }, width: 12, kind: "text" },
  { key: "outcome", header: { es: "Desenlace", en: "Outcome" }, width: 12, kind: "text" },
  { key: "disposition", header: { es: "Tipificación", en: "Disposition" }, width: 16, kind: "text" },
  { key: "talk", header: { es: "Conversación", en: "Talk time" }, width: 14, kind: "duration", sum: true },
  { key: "hold", header: { es: "En espera", en: "Hold time" }, width: 12, kind: "duration", sum: true },
  {
    key: "wrapUp",
    header: { es: "Trabajo posterior", en: "Wrap-up" },
    width: 16,
    kind: "duration",
    sum: true,
  },
  { key: "amount", header: { es: "Importe", en: "Amount" }, width: 14, kind: "money", sum: true },
  { key: "ai", header: { es: "Ayudas IA", en: "AI answers" }, width: 12, kind: "count", sum: true },
  { key: "recorded", header: { es: "Grabada", en: "Recorded" }, width: 10, kind: "text" },
  { key: "campaign", header: { es: "Campaña", en: "Campaign" }, width: 20, kind: "text" },
  { key: "notes", header: { es: "Notas", en: "Notes" }, width: 40, kind: "text" },
];

/** Every call. */
export async function callsSource(order: Order, deps: SourceDeps): Promise<Source> {
  const queries = exportQueries(deps.store);
  const { word, yesNo, disposition } = wordsIn(order.language, await outcomeNames(deps.store));
  const span = spanOf(order);
  const { timeZone } = order;
  return byTeam(
    columns,
    await queries.callGroups(order.scope, span),
    await queries.callCount(order.scope, span),
    (group, after, limit) => queries.callRows(group, span, after, limit),
    (row, { agent }) => [
      dateCell(row.at, timeZone),
      dateCell(row.endedAt, timeZone),
      agent,
      row.contactName,
      row.contactPhone,
      word(row.direction),
      word(row.outcome),
      disposition(row.campaign, row.disposition),
      durationCell(row.talkSeconds),
      durationCell(row.holdSeconds),
      durationCell(row.wrapUpSeconds),
      row.saleAmount,
      row.aiAsks,
      yesNo(row.recorded !== null),
      row.campaign,
      row.notes,
    ],
  );
}
