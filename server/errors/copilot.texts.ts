import type { ErrorTexts } from "./text.ts";

/** Playbooks, models, and Ollama. */
export const copilot = {
  playbook_taken: {
    status: 409,
    es: ["Ya hay un argumentario con ese identificador.", "Elige otro identificador, o cambia el que hay."],
    en: ["There is a playbook with that id already.", "Choose another id, or change the one that is there."],
  },
  main_playbook: {
    status: 409,
    es: ["Es el argumentario principal.", "Haz principal a otro antes de apagar este."],
    en: ["It is the main playbook.", "Make another one the main one before this one is switched off."],
  },
  card_changed: {
    status: 409,
    es: ["Otra persona ha cambiado esta tarjeta.", "Vuelve a abrirla: verás su versión, y repite tu cambio."],
    en: [
      "Somebody else has changed this card.",
      "Open it again: you will see that version. Then repeat your change.",
    ],
  },
  model_missing: {
    status: 422,
    es: ["Ese modelo no está instalado.", "Descárgalo antes en Administración → Copiloto, o elige otro."],
    en: ["That model is not installed.", "Fetch it first under Administration → Copilot, or choose another."],
  },
  model_refused: {
    status: 422,
    es: [
      "Ese modelo sacaría las llamadas de la empresa.",
      "Elige uno que funcione en vuestras máquinas, sin «cloud».",
    ],
    en: [
      "That model would send calls out of the company.",
      "Choose one that runs on your own machines, without «cloud».",
    ],
  },
  ollama_down: {
    status: 503,
    es: ["Ollama no responde.", "En el servidor, arráncalo (ollama serve) y repite."],
    en: ["Ollama does not answer.", "On the server, start it (ollama serve) and try again."],
  },
} as const satisfies ErrorTexts;
