/** The texts of a call's consent, in Spanish. */
export const es = {
  label: "Consentimiento para grabar",
  answers: { informed: "Informado", given: "Acepta", refused: "No acepta" },
  said: {
    unknown: "Consentimiento sin anotar",
    informed: "Informado de la grabación",
    given: "Acepta que se grabe",
    refused: "No acepta: grabación en pausa",
  },
  words: "Qué decirle",
  forbidden: "No se graba: así se pidió",
};

export type ConsentTexts = typeof es;
