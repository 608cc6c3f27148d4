import type { Language } from "#contract";
import type { OllamaErrorCode } from "./ollama.ts";

/** Why the model did not answer, or not to the end. */
export type CopilotErrorCode = OllamaErrorCode | "busy" | "superseded";

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
