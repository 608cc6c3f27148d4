/** The texts of who spoke how much, in Spanish. */
export const es = {
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
