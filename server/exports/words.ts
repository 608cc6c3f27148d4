import type { Language } from "#contract";
import type { Named } from "../dispositions/dispositions.ts";

/** What values are called in cells. */
export const words = {
  es: {
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
    on_call: "En llamada",
    wrap_up: "Trabajo posterior",
    available: "Disponible",
    paused: "En pausa",
    offline: "Desconectada",
    up: "Útil",
    down: "No útil",
    done: "Completa",
    heldOut: "Solo tarjeta",
    card: "Tarjeta",
    model: "Modelo",
  },
  en: {
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
    on_call: "On a call",
    wrap_up: "Wrap-up",
    available: "Ready",
    paused: "Paused",
    offline: "Offline",
    up: "Helpful",
    down: "Not helpful",
    done: "Complete",
    heldOut: "Card only",
    card: "Card",
    model: "Model",
  },
} as const satisfies Record<Language, Record<string, string>>;

/** What a value is called; what has no word stands as it is. */
export function wordsIn(language: Language, named: Named) {
  const known: Record<string, string> = words[language];
  const word = (value: string | null): string | null => (value === null ? null : (known[value] ?? value));
  return {
    word,
    yesNo: (value: boolean): string => words[language][value ? "yes" : "no"],
    disposition: (campaign: string | null, code: string | null): string | null =>
      code === null ? null : (named(campaign, code)?.name ?? word(code)),
  };
}
