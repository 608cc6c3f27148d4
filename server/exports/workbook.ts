import type { Call, Language } from "#contract";
import { wallClock } from "../db/time.ts";
import { sheetOf } from "./sheet.ts";

/** What the reader of the workbook gets it in. */
export type Reader = { language: Language; timeZone: string; currency: string };

type Column = {
  header: { es: string; en: string };
  width: number;
  format?: string;
  of: (call: Call) => unknown;
};

const DATE = "yyyy-mm-dd hh:mm:ss";
const DURATION = "[h]:mm:ss";
const DAY_SECONDS = 86_400;

const words = {
  es: {
    calls: "Llamadas",
    inbound: "Entrante",
    outbound: "Saliente",
    answered: "Atendida",
    missed: "Perdida",
    rejected: "Rechazada",
    failed: "Fallida",
    sale: "Venta",
    follow_up: "Seguimiento",
    not_interested: "No interesa",
    no_answer: "Sin respuesta",
    other: "Otro",
    yes: "Sí",
    no: "No",
  },
  en: {
    calls: "Calls",
    inbound: "Inbound",
    outbound: "Outbound",
    answered: "Answered",
    missed: "Missed",
    rejected: "Rejected",
    failed: "Failed",
    sale: "Sale",
    follow_up: "Follow-up",
    not_interested: "Not interested",
    no_answer: "No answer",
    other: "Other",
    yes: "Yes",
    no: "No",
  },
} as const;

function columns({ language, timeZone, currency }: Reader): Column[] {
  const w = words[language];
  const date = (instant: string | null) => instant && wallClock(new Date(instant), timeZone);
  const duration = (seconds: number | null) => (seconds === null ? null : seconds / DAY_SECONDS);
  const word = (key: Exclude<keyof typeof w, "calls"> | null) => (key === null ? null : w[key]);
  return [
    { header: { es: "Inicio", en: "Start" }, width: 20, format: DATE, of: (c) => date(c.startedAt) },
    { header: { es: "Fin", en: "End" }, width: 20, format: DATE, of: (c) => date(c.endedAt) },
    { header: { es: "Agente", en: "Agent" }, width: 24, of: (c) => c.agentName },
    { header: { es: "Contacto", en: "Contact" }, width: 24, of: (c) => c.contact.name },
    { header: { es: "Teléfono", en: "Phone" }, width: 18, of: (c) => c.contact.phone },
    { header: { es: "Sentido", en: "Direction" }, width: 12, of: (c) => word(c.direction) },
    { header: { es: "Desenlace", en: "Outcome" }, width: 12, of: (c) => word(c.outcome) },
    {
      header: { es: "Tipificación", en: "Disposition" },
      width: 16,
      of: (c) =>
        c.dispositionName ??
        (c.disposition === null ? null : (w[c.disposition as keyof typeof w] ?? c.disposition)),
    },
    {
      header: { es: "Conversación", en: "Talk time" },
      width: 14,
      format: DURATION,
      of: (c) => duration(c.talkSeconds),
    },
    {
      header: { es: "En espera", en: "Hold time" },
      width: 12,
      format: DURATION,
      of: (c) => duration(c.holdSeconds),
    },
    {
      header: { es: "Trabajo posterior", en: "Wrap-up" },
      width: 16,
      format: DURATION,
      of: (c) => duration(c.wrapUpSeconds),
    },
    {
      header: { es: "Importe", en: "Amount" },
      width: 14,
      format: `#,##0.00 "${currency}"`,
      of: (c) => c.saleAmount,
    },
    { header: { es: "Ayudas IA", en: "AI answers" }, width: 12, format: "0", of: (c) => c.aiAsks },
    { header: { es: "Grabada", en: "Recorded" }, width: 10, of: (c) => (c.recorded ? w.yes : w.no) },
    { header: { es: "Campaña", en: "Campaign" }, width: 20, of: (c) => c.campaign },
    { header: { es: "Notas", en: "Notes" }, width: 40, of: (c) => c.notes },
  ];
}

/**
 * The calls as a workbook, written while they are read: one sheet, real dates (in the reader's time zone),
 * durations and amounts.
 */
export function callsWorkbook(calls: AsyncIterable<Call>, reader: Reader): ReadableStream<Uint8Array> {
  const shape = columns(reader);
  return sheetOf({
    name: words[reader.language].calls,
    columns: shape.map(({ header, ...rest }) => ({ ...rest, header: header[reader.language] })),
    rows: cells(calls, shape),
  });
}

async function* cells(calls: AsyncIterable<Call>, shape: Column[]): AsyncGenerator<unknown[]> {
  for await (const call of calls) yield shape.map(({ of }) => of(call));
}
