import { outcomeNames } from "../../dispositions/dispositions.ts";
import { dateCell, type Column } from "../cells.ts";
import { exportQueries } from "../queries.ts";
import { byTeam, spanOf, type Order, type Source, type SourceDeps } from "../source.ts";
import { words, wordsIn } from "../words.ts";

const columns: Column[] = [
  { key: "asked", header: { es: "Pedida", en: "Asked" }, width: 20, kind: "instant" },
  { key: "agent", header: { es: "Agente", en: "Agent" }, width: 24, kind: "text" },
  { key: "card", header: { es: "Tarjeta", en: "Card" }, width: 30, kind: "text" },
  { key: "version", header: { es: "Versión", en: "Version" }, width: 10, kind: "count" },
  { key: "model", header: { es: "Modelo", en: "Model" }, width: 20, kind: "text" },
  { key: "shown", header: { es: "En pantalla (ms)", en: "On screen (ms)" }, width: 16, kind: "count" },
  { key: "first", header: { es: "Primera palabra (ms)", en: "First token (ms)" }, width: 18, kind: "count" },
  { key: "total", header: { es: "Entera (ms)", en: "Whole (ms)" }, width: 14, kind: "count" },
  { key: "outcome", header: { es: "Resultado", en: "Result" }, width: 18, kind: "text" },
  { key: "copied", header: { es: "Copiada", en: "Copied" }, width: 12, kind: "text" },
  { key: "thumbs", header: { es: "Opinión", en: "Opinion" }, width: 12, kind: "text" },
  { key: "dismissed", header: { es: "Descartada", en: "Dismissed" }, width: 12, kind: "text" },
  { key: "asks", header: { es: "Ayudas", en: "Answers" }, width: 10, kind: "count", sum: true },
  { key: "call", header: { es: "Llamada", en: "Call" }, width: 20, kind: "instant" },
  {
    key: "callId",
    header: { es: "Identificador de la llamada", en: "Id of the call" },
    width: 38,
    kind: "text",
  },
  { key: "campaign", header: { es: "Campaña", en: "Campaign" }, width: 20, kind: "text" },
];

/** Every question to the copilot and what became of it; never what was said. */
export async function aiSource(order: Order, deps: SourceDeps): Promise<Source> {
  const queries = exportQueries(deps.store);
  const { word, yesNo } = wordsIn(order.language, await outcomeNames(deps.store));
  const w = words[order.language];
  const copied = { approved: w.card, ai: w.model };
  const span = spanOf(order);
  const cards = await queries.cards();
  return byTeam(
    columns,
    await queries.askGroups(order.scope, span),
    await queries.askCount(order.scope, span),
    (group, after, limit) => queries.askRows(group, span, after, limit),
    (row, { agent }) => [
      dateCell(row.at, order.timeZone),
      agent,
      row.cardId === null ? null : (cards.get(row.cardId) ?? row.cardId),
      row.cardVersion,
      row.heldOut ? w.heldOut : row.model,
      row.shownMs,
      row.firstTokenMs,
      row.totalMs,
      word(row.outcome),
      row.copied ? copied[row.copied] : null,
      word(row.thumbs ?? null),
      row.dismissed === null ? null : yesNo(row.dismissed),
      1,
      dateCell(row.callStartedAt, order.timeZone),
      row.callId,
      row.campaign,
    ],
  );
}
