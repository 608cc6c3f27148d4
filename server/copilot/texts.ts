import type { Language } from "#contract";
import type { OllamaErrorCode } from "./ollama.ts";

/** Why the model did not answer, or not to the end. */
export type CopilotErrorCode = OllamaErrorCode | "busy" | "superseded" | "resting" | "held_out";

/** What stands in the way, said to an agent with a customer on the line. */
const reasons: Record<Language, Record<CopilotErrorCode, string>> = {
  es: {
    ollama_unreachable: "La IA está apagada: en el servidor, arranca Ollama (ollama serve).",
    model_missing: "El modelo no está instalado: en el servidor, descárgalo (ollama pull).",
    model_refused: "Ese modelo saldría de la empresa: elige uno local.",
    ollama_slow: "La IA va lenta.",
    ollama_busy: "La IA está llena: prueba en unos segundos.",
    ollama_failed: "La IA se ha parado a medias.",
    busy: "La IA atiende otras llamadas: prueba en unos segundos.",
    superseded: "Has preguntado otra cosa.",
    resting: "La IA no responde; se comprueba sola cada pocos segundos.",
    held_out: "Llamada de comparación: solo respuestas aprobadas.",
  },
  en: {
    ollama_unreachable: "The AI is off: on the server, start Ollama (ollama serve).",
    model_missing: "The model is not installed: on the server, fetch it (ollama pull).",
    model_refused: "That model would leave the company: choose a local one.",
    ollama_slow: "The AI is slow.",
    ollama_busy: "The AI is full: try again in a few seconds.",
    ollama_failed: "The AI stopped half-way.",
    busy: "The AI serves other calls: try again in a few seconds.",
    superseded: "You asked something else.",
    resting: "The AI does not answer; it is looked at again every few seconds.",
    held_out: "A call for comparison: approved answers only.",
  },
};

const advice = {
  es: { card: "Usa la respuesta aprobada.", none: "Ofrece consultarlo y devolver la llamada." },
  en: { card: "Use the approved answer.", none: "Offer to check it and call back." },
} as const;

/** One calm line: what happened, and what to say to the customer now. */
export function hintOf(language: Language, code: CopilotErrorCode, hasCard: boolean): string {
  return `${reasons[language][code]} ${advice[language][hasCard ? "card" : "none"]}`;
}

const pulling: Record<Language, Partial<Record<OllamaErrorCode, string>> & { other: string }> = {
  es: {
    model_missing: "No hay ningún modelo con ese nombre. Revísalo en la biblioteca de Ollama.",
    ollama_unreachable: "Ollama no responde: en el servidor, arráncalo (ollama serve) y repite.",
    other: "La descarga se ha parado. Mira si queda disco y red en el servidor, y repite: sigue donde iba.",
  },
  en: {
    model_missing: "There is no model of that name. Look it up in Ollama's library.",
    ollama_unreachable: "Ollama does not answer: on the server, start it (ollama serve) and try again.",
    other:
      "The download stopped. Check disk and network of the server, and try again: it goes on from there.",
  },
};

/** Why a model did not come, and what to do. */
export const pullHint = (language: Language, code: OllamaErrorCode): string =>
  pulling[language][code] ?? pulling[language].other;
