/** The texts of what was said and who spoke how much, in Spanish. */
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
  who: "Quién habla",
  ratio: "Habla el agente",
  ratioOf: (part: string, whole: string) => `${part} de ${whole}`,
  monologue: "Monólogo más largo",
  interruptions: "Interrupciones",
  interruptionsBy: "del agente",
  silence: "Silencio",
  silenceOf: "nadie habla",
  bar: (agent: string, customer: string, silence: string) =>
    `El agente habla ${agent}, el cliente ${customer}; ${silence} de silencio.`,
  means: {
    ratio:
      "Qué parte de todo lo hablado es del agente. Cuando hablan los dos a la vez, el tiempo cuenta para cada uno.",
    monologue:
      "El turno más largo de cualquiera de los dos, con pausas de hasta 2 s. Un «sí» o un «ajá» del otro no lo corta.",
    interruptions:
      "Veces que el agente empieza a hablar cuando al cliente le queda al menos medio segundo. Un «sí» o un «ajá» no cuenta.",
    silence: "El tiempo en que no habla nadie, entre la primera palabra y la última.",
  },
  onlyTimes: "Son solo tiempos: no se deduce el ánimo de nadie.",
};

export type TalkTexts = typeof es;
