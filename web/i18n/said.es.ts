/** The texts of what was said in a call, in Spanish. */
export const es = {
  title: "Lo que se dijo",
  help: "Pulsa una línea para oírla.",
  helpCorrect: "Pulsa una línea para oírla o corregirla.",
  hits: (n: string, words: string) => (n === "1" ? `1 línea con «${words}»` : `${n} líneas con «${words}»`),
  none: "Esta llamada no tiene transcripción.",
  noneWhy: "Solo se escribe en los equipos en que administración lo permite, y si el PC puede hacerlo.",
  nothing: "No se ha reconocido ninguna frase.",
  nothingWhy: "La grabación no depende de ello: puedes escucharla entera.",
  customer: "Cliente",
  corrected: "corregida",
  confirmed: "comprobada",
  correct: "Corregir",
  right: "Está bien",
  field: "Lo que se dijo en esta línea",
  save: "Guardar",
  original: (text: string) => `Se había escrito: «${text}»`,
  hidden: {
    email: "correo oculto",
    card: "tarjeta oculta",
    account: "cuenta oculta",
    id: "documento oculto",
    phone: "teléfono oculto",
    number: "número oculto",
  },
  paused: (time: string) => `Grabación en pausa ${time}: datos de tarjeta`,
  scrubbed: (time: string) => `${time} sin sonido: se ha borrado un número de tarjeta`,
};

export type SaidTexts = typeof es;
