import type { ErrorTexts } from "./text.ts";

/** Recordings as they arrive and are kept, and the library of them. */
export const recordings = {
  recording_complete: {
    status: 409,
    es: ["Esa grabación ya está completa y no cambia.", "No envíes más partes de esa llamada."],
    en: ["That recording is complete and does not change.", "Send no more parts of that call."],
  },
  missing_parts: {
    status: 409,
    es: ["Faltan partes de la grabación.", "Envía las partes que se indican y termina otra vez."],
    en: ["Parts of the recording are missing.", "Send the parts named here and finish again."],
  },
  digest_mismatch: {
    status: 409,
    es: ["El audio recibido no es el que se anunció.", "Envía otra vez todas las partes y termina de nuevo."],
    en: ["The audio received is not what was announced.", "Send all parts again and finish once more."],
  },
  part_invalid: {
    status: 422,
    es: ["La parte no llegó como se anunció.", "Envíala otra vez con su Content-Digest."],
    en: ["The part did not arrive as announced.", "Send it again with its Content-Digest."],
  },
  not_a_recording: {
    status: 422,
    es: ["El audio no es un WAV como dicen sus datos.", "Envía un WAV PCM de 16 bits con sus datos reales."],
    en: ["The audio is not a WAV as its metadata says.", "Send a 16-bit PCM WAV with its true metadata."],
  },
  range_not_satisfiable: {
    status: 416,
    es: ["Esa parte del audio no existe.", "Pide un intervalo dentro de su tamaño."],
    en: ["That part of the audio does not exist.", "Ask for a range within its size."],
  },
  recording_held: {
    status: 409,
    es: [
      "La grabación está retenida.",
      "Quien la retuvo, dirección o administración puede liberarla; entonces repítelo.",
    ],
    en: [
      "The recording is on hold.",
      "Whoever held it, an executive or an admin can release it; then repeat.",
    ],
  },
  recordings_held: {
    status: 409,
    es: [
      "Alguna de sus grabaciones está retenida, y lo retenido no se borra.",
      "Libera la retención de las que se indican, o espera a que termine su motivo. Nada ha cambiado.",
    ],
    en: [
      "One of the recordings is on hold, and what is on hold is not erased.",
      "Release those that are named, or wait until the reason for it is over. Nothing has changed.",
    ],
  },
  marks_full: {
    status: 409,
    es: ["Esta grabación tiene demasiadas marcas.", "Quita alguna que ya no haga falta."],
    en: ["This recording has too many marks.", "Remove some that are no longer needed."],
  },
  filters_full: {
    status: 409,
    es: ["Ya tienes 50 filtros guardados.", "Borra uno que ya no uses."],
    en: ["You have 50 saved filters already.", "Remove one that you no longer use."],
  },
  filter_name_taken: {
    status: 409,
    es: ["Ya tienes un filtro con ese nombre.", "Elige otro nombre, o cambia el que ya existe."],
    en: ["You have a filter of that name already.", "Choose another name, or change the one there is."],
  },
  not_cuttable: {
    status: 409,
    es: [
      "Esta grabación ya está comprimida y no se puede recortar sin pérdida.",
      "Descárgala entera, o recorta otra más reciente.",
    ],
    en: [
      "This recording is compressed already and cannot be cut without loss.",
      "Download it whole, or cut a newer one.",
    ],
  },
  zip_too_large: {
    status: 413,
    es: [
      "Son demasiadas grabaciones para un solo ZIP.",
      "Acota el filtro, por ejemplo a menos días, y hazlo en varias veces.",
    ],
    en: [
      "These are too many recordings for one ZIP.",
      "Narrow the filter, to fewer days for example, and do it in parts.",
    ],
  },
} as const satisfies ErrorTexts;
