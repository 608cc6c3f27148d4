import type { Language } from "#contract";

/** The table of contents of a ZIP of recordings: its name, and the heads of its columns. */
export const zipTexts: Record<Language, { index: string; zip: string; heads: string[] }> = {
  es: {
    index: "contenido.csv",
    zip: "grabaciones.zip",
    heads: [
      "Archivo",
      "Agente",
      "Contacto",
      "Teléfono",
      "Campaña",
      "Resultado",
      "Inicio",
      "Segundos",
      "Bytes",
    ],
  },
  en: {
    index: "contents.csv",
    zip: "recordings.zip",
    heads: ["File", "Agent", "Contact", "Phone", "Campaign", "Outcome", "Start", "Seconds", "Bytes"],
  },
};
