/** The texts of consent and privacy, in Spanish. */
export const es = {
  title: "Privacidad",
  wording: "Lo que se dice antes de grabar",
  wordingText:
    "El agente lo ve durante la llamada y anota la respuesta. Cada cambio es una versión nueva; cada llamada recuerda con cuál se preguntó.",
  inSpanish: "En español",
  inEnglish: "En inglés",
  version: (version: string, since: string) => `Versión ${version} · ${since}`,
  starter: "la que trae CallManager",
  since: (day: string) => `desde el ${day}`,
  save: "Guardar",
  saved: "Guardado",
  campaigns: "Campañas que no se graban",
  campaignsText: "Sus llamadas se atienden y cuentan, pero no se guarda audio ni transcripción.",
  campaignNames: "Campañas",
  onePerLine: "Una por línea; da igual mayúsculas o acentos.",
  rights: "Derechos de una persona",
  rightsOf: {
    notRecorded: "No ser grabada: se marca en su contacto.",
    expediente: "Recibir todo lo que se guarda de ella: «Reunir expediente», en su contacto.",
    erase: "Ser borrada de todas partes: «Borrar a esta persona», en su contacto.",
  },
  toContacts: "Ir a Contactos",
};

export type PrivacyTexts = typeof es;
