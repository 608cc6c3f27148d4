import type { ErrorTexts } from "./text.ts";

/** Calls with their words, agents' time, and customers. */
export const calls = {
  not_to_be_recorded: {
    status: 403,
    es: [
      "Esta llamada no se graba: así lo pidió el cliente, o lo decidió la empresa para su campaña.",
      "Borra el audio de este PC. La llamada sigue y cuenta como las demás.",
    ],
    en: [
      "This call is not recorded: the customer asked for it, or the company decided it for its campaign.",
      "Remove the audio from this PC. The call goes on and counts like any other.",
    ],
  },
  listening_off: {
    status: 403,
    es: [
      "En este equipo no se transcribe lo que se dice.",
      "No envíes transcripciones. Una administradora puede permitirlo en Administración → Escucha.",
    ],
    en: [
      "What is said is not written down in this team.",
      "Send no transcripts. An administrator can allow them under Administration → Listening.",
    ],
  },
  call_in_progress: {
    status: 409,
    es: ["La llamada sigue en curso.", "Termínala antes de cerrar su trabajo posterior."],
    en: ["The call is still in progress.", "End it before its wrap-up can end."],
  },
  state_there: {
    status: 409,
    es: ["En ese instante ya empieza otro estado.", "Corrige ese otro, o elige otro instante."],
    en: ["Another state begins at that instant.", "Correct that one, or choose another instant."],
  },
  line_taken: {
    status: 409,
    es: [
      "Ya hay líneas con ese número y otro texto.",
      "Da otro número a las que se indican; las demás están guardadas.",
    ],
    en: [
      "There are lines with that number and another text already.",
      "Give the ones named here another number; the others are kept.",
    ],
  },
  phone_taken: {
    status: 409,
    es: ["Otro contacto del equipo tiene ese teléfono.", "Busca ese teléfono y cambia el contacto que hay."],
    en: [
      "Another contact of the team has that phone.",
      "Look for that phone, and change the contact that is there.",
    ],
  },
} as const satisfies ErrorTexts;
