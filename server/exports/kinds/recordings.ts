import { outcomeNames } from "../../dispositions/dispositions.ts";
import { dateCell, durationCell, type Column } from "../cells.ts";
import { exportQueries } from "../queries.ts";
import { byTeam, spanOf, type Order, type Source, type SourceDeps } from "../source.ts";
import { wordsIn } from "../words.ts";

const MEGABYTE = 1_000_000;
const columns: Column[] = [
  { key: "start", header: { es: "Inicio", en: "Start" }, width: 20, kind: "instant" },
  { key: "agent", header: { es: "Agente", en: "Agent" }, width: 24, kind: "text" },
  { key: "contact", header: { es: "Contacto", en: "Contact" }, width: 24, kind: "text" },
  { key: "phone", header: { es: "Teléfono", en: "Phone" }, width: 18, kind: "text" },
  { key: "duration", header: { es: "Duración", en: "Duration" }, width: 12, kind: "duration", sum: true },
  { key: "size", header: { es: "Tamaño (MB)", en: "Size (MB)" }, width: 14, kind: "size", sum: true },
  { key: "format", header: { es: "Formato", en: "Format" }, width: 10, kind: "text" },
  { key: "lanes", header: { es: "Pistas", en: "Lanes" }, width: 8, kind: "count" },
  { key: "disposition", header: { es: "Tipificación", en: "Disposition" }, width: 16, kind: "text" },
  { key: "campaign", header: { es: "Campaña", en: "Campaign" }, width: 20, kind: "text" },
  { key: "ai", header: { es: "Ayudas IA", en: "AI answers" }, width: 12, kind: "count", sum: true },
  { key: "held", header: { es: "Retenida", en: "Held" }, width: 10, kind: "text" },
  { key: "file", header: { es: "Archivo", en: "File" }, width: 60, kind: "text" },
  { key: "sha256", header: { es: "SHA-256", en: "SHA-256" }, width: 66, kind: "text" },
];

/** Every recording that is not in the trash. */
export async function recordingsSource(order: Order, deps: SourceDeps): Promise<Source> {
  const queries = exportQueries(deps.store);
  const { yesNo, disposition } = wordsIn(order.language, await outcomeNames(deps.store));
  const span = spanOf(order);
  return byTeam(
    columns,
    await queries.recordingGroups(order.scope, span),
    await queries.recordingCount(order.scope, span),
    (group, after, limit) => queries.recordingRows(group, span, after, limit),
    (row, { agent }) => [
      dateCell(row.at, order.timeZone),
      agent,
      row.contactName,
      row.contactPhone,
      durationCell(row.durationSeconds),
      row.bytes / MEGABYTE,
      row.format.toUpperCase(),
      row.channels,
      disposition(row.campaign, row.disposition),
      row.campaign,
      row.aiAsks,
      yesNo(row.heldAt !== null),
      row.file,
      row.sha256,
    ],
  );
}
